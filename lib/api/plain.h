/*
 * plain.h - the door through which the room above, lib/mgmt, calls the
 * exported functions.
 *
 * Its interface is an SNMPv1 one whatever the program has set: between begin
 * and end the calling thread sees the untranslated SNMPv1 mode, and of a v1
 * trap also the agent's address.  Other threads notice nothing.
 */
#ifndef WSN_API_PLAIN_H
#define WSN_API_PLAIN_H

void wsn_plain_begin(void); /* [any] */
void wsn_plain_end(void);   /* [any] */

#endif
