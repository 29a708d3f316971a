/*
 * conf.h - reads winsnmp.conf and the WINSNMP_* environment into core/db.h.
 *
 * Called while the library starts, by one thread at a time.
 */
#ifndef WSN_CORE_CONF_H
#define WSN_CORE_CONF_H

/*
 * Resets the database and fills it: built-in values, then the file (that
 * WINSNMP_CONF names, else winsnmp.conf in the user's or the system's
 * configuration folder), then the environment.  There is nothing that must
 * exist, so nothing fails: what cannot be understood is logged with file and
 * line and passed over.  A set-user-id program ignores the environment.
 */
void wsn_config_load(void);

#endif
