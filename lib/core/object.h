/*
 * object.h - the types of objects that have handles (see base/handle.h).
 */
#ifndef WSN_CORE_OBJECT_H
#define WSN_CORE_OBJECT_H

enum { WSN_SESSION = 1, WSN_ENTITY, WSN_CONTEXT, WSN_PDU, WSN_VBL };

#endif
