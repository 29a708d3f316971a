/*
 * notification.h - a trap or inform as text.
 */
#ifndef WSN_TOOLS_NOTIFICATION_H
#define WSN_TOOLS_NOTIFICATION_H

#include <stdbool.h>
#include <stdio.h>
#include <winsnmp.h>

struct notification_style {
    bool as_json; /* one object on one line, otherwise a block of lines */
    bool shows_community;
};

/* Writes what was received, with the time of day. */
void print_notification(FILE *out, const struct notification_style *style,
                        HSNMP_ENTITY from, HSNMP_CONTEXT community,
                        HSNMP_PDU pdu);

#endif
