/*
 * winmain.c - the main of programs that have a WinMain instead.
 *
 * A library of its own, libwinsnmp-winmain.a: the linker takes this main from
 * there when the program has none.
 */
#include "processenv.h"

int main(int argc, char **argv)
{
    return WcRunWinMain(argc, argv, WinMain);
}
