/*
 * processenv.h - the command line.
 */
#ifndef WINSNMP_PROCESSENV_H
#define WINSNMP_PROCESSENV_H

#include "winbase.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The arguments of the process as one line, quoted so that Microsoft's C
 * library would find them again.  It stays the same and belongs to the
 * library.  Empty where the host does not tell and WcRunWinMain was not
 * called.
 */
LPSTR WINAPI GetCommandLineA(void) WC_SYMBOL(GetCommandLineA);
LPWSTR WINAPI GetCommandLineW(void) WC_SYMBOL(GetCommandLineW);

#define GetCommandLine GetCommandLineA

/* ---- Programs that start in WinMain ---------------------------------- */

/* The program's.  Linked with libwinsnmp-winmain it needs no main. */
int WINAPI WinMain(HINSTANCE instance, HINSTANCE previous, LPSTR command_line,
                   int show);

typedef int(WINAPI *WC_WIN_MAIN)(HINSTANCE instance, HINSTANCE previous,
                                 LPSTR command_line, int show);

/*
 * Beyond Win32: what that library's main does.  Calls start as Windows calls
 * WinMain, with the command line but for the program's name, and returns what
 * it returns.
 */
int WINAPI WcRunWinMain(int argc, char **argv, WC_WIN_MAIN start)
    WC_SYMBOL(WcRunWinMain);

#ifdef __cplusplus
}
#endif

#endif
