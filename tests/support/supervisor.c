/*
 * supervisor.c - a service manager for a test: starts a program with a socket
 * of its own and listens to what the program tells about its state.
 *
 *     supervisor NOTIFY-SOCKET COMMAND [ARGUMENT...]
 *
 * prints "port N", then each state the program tells, a line each, and ends
 * with the program's exit code when it has told STOPPING=1.  A name that
 * begins with @ is an abstract socket of Linux.
 */
#define _POSIX_C_SOURCE 200809L

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define FIRST_FD 3 /* where systemd passes the first socket */

static void die(const char *what)
{
    perror(what);
    exit(125);
}

static int open_notify_socket(const char *path)
{
    struct sockaddr_un address;
    size_t len = strlen(path);
    int fd = socket(AF_UNIX, SOCK_DGRAM, 0);

    memset(&address, 0, sizeof address);
    address.sun_family = AF_UNIX;
    if (len >= sizeof address.sun_path)
        die(path);
    memcpy(address.sun_path, path, len);
    if (path[0] == '@')
        address.sun_path[0] = '\0';
    if (bind(fd, (struct sockaddr *)&address,
             (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len)) != 0)
        die("bind");
    return fd;
}

static int open_trap_socket(void)
{
    struct sockaddr_in address;
    socklen_t len = sizeof address;
    int fd = socket(AF_INET, SOCK_DGRAM, 0);

    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(fd, (struct sockaddr *)&address, len) != 0 ||
        getsockname(fd, (struct sockaddr *)&address, &len) != 0)
        die("bind");
    printf("port %u\n", (unsigned)ntohs(address.sin_port));
    fflush(stdout);
    return fd;
}

static void become(char **command, const char *path, int trap_fd)
{
    char pid[32];

    snprintf(pid, sizeof pid, "%ld", (long)getpid());
    if (setenv("NOTIFY_SOCKET", path, 1) != 0 ||
        setenv("LISTEN_FDS", "1", 1) != 0 ||
        setenv("LISTEN_PID", pid, 1) != 0 ||
        (trap_fd != FIRST_FD && dup2(trap_fd, FIRST_FD) == -1))
        die("dup2");
    execvp(command[0], command);
    die(command[0]);
}

/* Prints what is told until the end is. */
static void listen_until_stopping(int fd)
{
    char text[256] = "";
    ssize_t len;

    while (strcmp(text, "STOPPING=1") != 0) {
        len = recv(fd, text, sizeof text - 1, 0);
        if (len < 0)
            die("recv");
        text[len] = '\0';
        puts(text);
        fflush(stdout);
    }
}

int main(int argc, char **argv)
{
    int notify_fd, trap_fd, status;
    pid_t pid;

    (void)alarm(60); /* it must not outlive its test */
    if (argc < 3)
        return 125;
    notify_fd = open_notify_socket(argv[1]);
    trap_fd = open_trap_socket();
    pid = fork();
    if (pid == 0) {
        if (notify_fd != FIRST_FD)
            (void)close(notify_fd);
        become(argv + 2, argv[1], trap_fd);
    }
    (void)close(trap_fd);
    listen_until_stopping(notify_fd);
    if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
        return 125;
    return WEXITSTATUS(status);
}
