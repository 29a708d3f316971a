/*
 * delivery.h - the last step: into the inbox, then tell the application.
 */
#ifndef WSN_CORE_DELIVERY_H
#define WSN_CORE_DELIVERY_H

#include "base/list.h"

struct wsn_engine;
struct wsn_item;
struct wsn_session;

/* Makes item one of session's and adds it to a list of deliveries; session is
 * pinned for the way. [lock] */
void wsn_delivery_add(struct wsn_list *deliveries, struct wsn_item *item,
                      struct wsn_session *session);

/* Takes every item of deliveries, in order.  Calls the application. [loop] */
void wsn_delivery_run(struct wsn_engine *engine, struct wsn_list *deliveries);

#endif
