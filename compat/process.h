/*
 * process.h - threads as Microsoft's C library starts them.
 */
#ifndef WINSNMP_PROCESS_H
#define WINSNMP_PROCESS_H

#include <stdint.h>

#include "winbase.h"

#ifdef __cplusplus
extern "C" {
#endif

/* As CreateThread, with 0 instead of NULL for failure. */
uintptr_t _beginthreadex(void *security, unsigned stack_size,
                         unsigned(__stdcall *start)(void *), void *parameter,
                         unsigned flags, unsigned *ret_id)
    WC_SYMBOL(_beginthreadex);
void _endthreadex(unsigned exit_code) WC_SYMBOL(ExitThread) WC_NORETURN;

/* -1 for failure.  The thread closes its handle itself when it ends. */
uintptr_t _beginthread(void(__cdecl *start)(void *), unsigned stack_size,
                       void *parameter) WC_SYMBOL(_beginthread);
void _endthread(void) WC_SYMBOL(_endthread) WC_NORETURN;

int _getpid(void) WC_SYMBOL(GetCurrentProcessId);

#ifdef __cplusplus
}
#endif

#endif
