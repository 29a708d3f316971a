/*
 * ask.h - one agent, or manager, and what is said to it.
 *
 * The library calls back on a thread of its own; that sets an event, and the
 * main thread, which waits for the event, receives the answer.
 */
#ifndef WSN_TOOLS_ASK_H
#define WSN_TOOLS_ASK_H

#include <stdbool.h>
#include <winsnmp.h>

struct partner {
    const char *host; /* address or name */
    char *community;
    unsigned port;
    unsigned timeout_cs;
    unsigned retries;
};

/* Opens the session with which all else is done; or ends the program. */
HSNMP_SESSION ask_open(const struct partner *partner);

/* Sends a message and waits for nothing; does not take the list. */
void ask_send(smiINT type, smiINT third, smiINT fourth, HSNMP_VBL list);

/* Sends a request, frees its list, and gives the list of the answer.  Returns
 * the agent's error status; with no answer at all the program ends. */
int ask_request(smiINT type, smiINT third, smiINT fourth, HSNMP_VBL list,
                HSNMP_VBL *ret_answer, int *ret_index);

/* Says the agent's error and the variable it is about. */
void ask_report_error(int status, int index, HSNMP_VBL list);

/* A request whose whole answer is printed.  Returns the exit code. */
int ask(smiINT type, HSNMP_VBL list, bool as_json);

#endif
