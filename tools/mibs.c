/*
 * mibs.c - winsnmp-mibs: writes the names of all MIB modules in the path of
 * libsmi, one to a line, as
 *
 *     ifDescr 1.3.6.1.2.1.2.2.1.2
 *
 * A program of its own, because libsmi ends the process that gives it a file
 * it cannot cope with, and at times by a signal.  Here each module is read by
 * a child, whose end is the end of that module's names and of nothing else.
 */
#include <dirent.h>
#include <smi.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAX_PATH_TEXT 65536
#define MAX_MODULE 64

/* No module takes longer, unless it is one to go round in circles in. */
#define LIMIT_S 10

/* Runs work in a child that writes to fd; it has all signals' defaults. */
static void in_child(void (*work)(FILE *to, const char *argument), int fd,
                     const char *argument)
{
    pid_t child = fork();

    if (child == 0) {
        FILE *to = fdopen(fd, "w");

        (void)alarm(LIMIT_S);
        if (to != NULL) {
            work(to, argument);
            (void)fflush(to);
        }
        _exit(EXIT_SUCCESS);
    }
    if (child > 0)
        (void)waitpid(child, NULL, 0);
}

/* ---- The path ---------------------------------------------------------- */

static void write_path(FILE *to, const char *unused)
{
    char *path;

    (void)unused;
    (void)smiInit("winsnmp");
    path = smiGetPath();
    if (path != NULL)
        (void)fputs(path, to);
}

/* With libsmi's configuration, which may name modules to be loaded. */
static void find_path(char *ret_path, size_t room)
{
    int fds[2];
    size_t size = 0;
    ssize_t n = 0;

    if (pipe(fds) == 0) {
        in_child(write_path, fds[1], NULL);
        (void)close(fds[1]);
        while (size < room - 1 &&
               (n = read(fds[0], ret_path + size, room - 1 - size)) > 0)
            size += (size_t)n;
        (void)close(fds[0]);
    }
    ret_path[size] = '\0';
}

/* ---- A module ---------------------------------------------------------- */

static const char *path;

/*
 * What hangs on a module that is not there hangs below 0, where no module has
 * anything.
 */
static void write_node(FILE *to, const SmiNode *node)
{
    unsigned i;

    if (node->name == NULL || node->oid == NULL || node->oidlen < 2 ||
        node->oid[0] == 0)
        return;
    (void)fputs(node->name, to);
    for (i = 0; i < node->oidlen; i++)
        (void)fprintf(to, "%c%u", i == 0 ? ' ' : '.', node->oid[i]);
    (void)fputc('\n', to);
}

/* All of it is written at once, or nothing. */
static void write_module(FILE *to, const char *name)
{
    SmiModule *module;
    SmiNode *node;
    char *text = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&text, &size);

    if (memory == NULL)
        return;
    (void)smiInit(NULL);
    (void)smiSetPath(path);
    smiSetErrorLevel(0);
    smiSetFlags((smiGetFlags() | SMI_FLAG_NODESCR | SMI_FLAG_VIEWALL) &
                ~SMI_FLAG_ERRORS);
    module = smiLoadModule(name) != NULL ? smiGetModule(name) : NULL;
    if (module == NULL)
        return;
    for (node = smiGetFirstNode(module, SMI_NODEKIND_ANY); node != NULL;
         node = smiGetNextNode(node, SMI_NODEKIND_ANY))
        write_node(memory, node);
    if (fclose(memory) == 0)
        (void)fwrite(text, 1, size, to);
}

/*
 * The module in a file, which has its name (RFC 2578, 3.1) and perhaps a dot
 * and something else; false: there is none.
 */
static bool module_of(const char *file, char *ret_name)
{
    size_t length = strspn(file, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789-_");

    if (length == 0 || length >= MAX_MODULE || *file < 'A' || *file > 'Z' ||
        (file[length] != '\0' && file[length] != '.'))
        return false;
    memcpy(ret_name, file, length);
    ret_name[length] = '\0';
    return true;
}

static void write_directory(const char *name)
{
    DIR *directory = opendir(name);
    struct dirent *entry;
    char module[MAX_MODULE];

    if (directory == NULL)
        return;
    while ((entry = readdir(directory)) != NULL) {
        if (module_of(entry->d_name, module))
            in_child(write_module, STDOUT_FILENO, module);
    }
    (void)closedir(directory);
}

int main(void)
{
    static char whole[MAX_PATH_TEXT];
    static char parts[MAX_PATH_TEXT];
    char *directory;

    find_path(whole, sizeof whole);
    strcpy(parts, whole);
    path = whole;
    for (directory = strtok(parts, ":"); directory != NULL;
         directory = strtok(NULL, ":"))
        write_directory(directory);
    return EXIT_SUCCESS;
}
