/*
 * conio.c - see conio.h.
 *
 * The terminal is changed for the moment of a call only, so that a program
 * that is ended leaves it as it was.
 */
#include "conio.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <termios.h>
#include <unistd.h>

#include "winuser.h"

/* Keys one by one instead of lines; false when it is no terminal. */
static bool begin_keys(struct termios *ret_before)
{
    struct termios keys;

    if (tcgetattr(STDIN_FILENO, ret_before) != 0)
        return false;
    keys = *ret_before;
    keys.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    /* The Enter key is '\r', as on Windows. */
    keys.c_iflag &= ~(tcflag_t)ICRNL;
    keys.c_cc[VMIN] = 1;
    keys.c_cc[VTIME] = 0;
    return tcsetattr(STDIN_FILENO, TCSANOW, &keys) == 0;
}

static void end_keys(const struct termios *before)
{
    (void)tcsetattr(STDIN_FILENO, TCSANOW, before);
}

static int read_byte(void)
{
    unsigned char byte;
    ssize_t n;

    do
        n = read(STDIN_FILENO, &byte, 1);
    while (n < 0 && errno == EINTR);
    return n == 1 ? byte : EOF;
}

int _getch(void)
{
    struct termios before;
    bool is_terminal;
    int c;

    /* What was printed belongs on the screen before the program waits. */
    (void)fflush(stdout);
    is_terminal = begin_keys(&before);
    c = read_byte();
    if (is_terminal)
        end_keys(&before);
    return c;
}

int _getche(void)
{
    int c = _getch();

    if (c != EOF)
        (void)_putch(c);
    return c;
}

int _kbhit(void)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    struct termios before;
    bool is_terminal;
    int n;

    (void)fflush(stdout);
    is_terminal = begin_keys(&before);
    n = poll(&input, 1, 0);
    if (is_terminal)
        end_keys(&before);
    return n == 1;
}

int _putch(int c)
{
    int result = putchar(c);

    (void)fflush(stdout);
    return result;
}

int _cputs(const char *text)
{
    int result = fputs(text, stdout);

    (void)fflush(stdout);
    return result < 0 ? result : 0;
}

/* ---- The keyboard itself is not offered: no key is ever down. -------- */

SHORT WINAPI GetKeyState(int key)
{
    (void)key;
    return 0;
}

SHORT WINAPI GetAsyncKeyState(int key)
{
    (void)key;
    return 0;
}
