/*
 * process.c - see process.h.
 *
 * A change of the state (making or ending an engine) takes a while and calls
 * libevent, so it cannot be done under the lock.  Changes wait for one
 * another instead, with one exception: application code that an ending engine
 * is waiting for may start up again at once.
 */
#include "api/process.h"

#include <pthread.h>
#include <stdatomic.h>

#include "api/api.h"
#include "base/lock.h"
#include "base/log.h"
#include "core/conf.h"
#include "core/context.h"
#include "core/db.h"
#include "core/descriptor.h"
#include "core/engine.h"
#include "core/entity.h"
#include "core/lending.h"
#include "core/manager.h"
#include "core/pdu.h"
#include "core/request_id.h"
#include "core/retry.h"
#include "core/session.h"
#include "core/stats.h"
#include "core/vbl.h"

static struct process {
    struct wsn_lock lock;
    bool is_changing;
    bool has_startup;      /* SnmpStartup counts once */
    unsigned n_startup_ex; /* SnmpStartupEx counts each time */
    unsigned long n_begun; /* how often we became initialised */
    struct event_base *host;
    struct wsn_engine *engine;
    struct wsn_engine *ending; /* its application code may start up again */
} process = {.lock = WSN_LOCK_INITIALIZER};

static pthread_once_t prepared = PTHREAD_ONCE_INIT;

/* ---- changes, one after the other -------------------------------------------
 */

static bool may_change(void)
{
    return !process.is_changing || (process.ending != NULL &&
                                    wsn_loop_is_current(process.ending->loop));
}

/* Returns whether this is a change of its own; false: within another one,
 * which will end later. */
static bool begin_change(void)
{
    bool is_own;

    wsn_lock_take(&process.lock);
    while (!may_change())
        wsn_lock_wait(&process.lock);
    is_own = !process.is_changing;
    process.is_changing = true;
    wsn_lock_give(&process.lock);
    return is_own;
}

static void end_change(bool is_own)
{
    if (!is_own)
        return;
    wsn_lock_take(&process.lock);
    process.is_changing = false;
    wsn_lock_notify(&process.lock);
    wsn_lock_give(&process.lock);
}

static bool is_initialised(void)
{
    return process.has_startup || process.n_startup_ex > 0;
}

/* ---- fork
 * --------------------------------------------------------------------- */

/*
 * The child has no loop thread.  A program that started up, then became a
 * daemon and opens its first session afterwards, goes on; one that forked
 * with sessions open has to start up again.
 */
static void in_child(void)
{
    struct wsn_engine *engine = process.engine;

    wsn_lock_abandon_all();
    wsn_lending_abandon();
    wsn_log_abandon_all();
    wsn_lock_init(&process.lock);
    process.is_changing = false;
    process.ending = NULL;
    process.engine = NULL;
    /* Also without a session: another thread may have held a lock of it. */
    wsn_handle_abandon_all();
    wsn_descriptor_abandon_held();
    if (engine == NULL || wsn_list_is_empty(&engine->sessions))
        return;
    wsn_outbox_init(&engine->outbox); /* the parent sends it */
    process.has_startup = false;
    process.n_startup_ex = 0;
    /* The parent's loop: nobody runs it here, and on Linux its epoll instance
     * is one and the same. */
    process.host = NULL;
    atomic_store(&wsn_api_started, false);
    wsn_descriptor_abandon_all();
    wsn_db_abandon_all();
    wsn_stats_reset();
}

static void prepare(void)
{
    wsn_handle_set_type(WSN_SESSION, wsn_session_free);
    wsn_handle_set_type(WSN_ENTITY, wsn_entity_free);
    wsn_handle_set_type(WSN_CONTEXT, wsn_context_free);
    wsn_handle_set_type(WSN_PDU, wsn_pdu_object_free);
    wsn_handle_set_type(WSN_VBL, wsn_vbl_object_unref);
    (void)pthread_atfork(NULL, NULL, in_child);
    /* The first id asks the system for randomness: not under a lock later. */
    (void)wsn_request_id_next();
}

/* ---- engines
 * ------------------------------------------------------------------ */

static void stop_and_drop(struct wsn_engine *engine)
{
    wsn_manager_stop(engine);
    wsn_engine_unref(engine);
}

/* An engine that runs. */
static wsn_err run_engine(struct event_base *host,
                          struct wsn_engine **ret_engine)
{
    struct wsn_engine *engine;
    wsn_err err = wsn_manager_new(host, &engine);

    if (err != WSN_OK)
        return err;
    err = wsn_manager_start(engine);
    if (err == WSN_OK) {
        *ret_engine = engine;
        return WSN_OK;
    }
    stop_and_drop(engine);
    return err;
}

/* Within a change. */
static wsn_err make_engine_if_none(void)
{
    struct wsn_engine *engine;
    wsn_err err;

    if (process.engine != NULL)
        return WSN_OK;
    err = run_engine(process.host, &engine);
    if (err != WSN_OK)
        return err;
    wsn_lock_take(&process.lock);
    process.engine = engine;
    wsn_lock_give(&process.lock);
    return WSN_OK;
}

/* ---- start
 * -------------------------------------------------------------------- */

static void note_startup(bool is_ex)
{
    wsn_lock_take(&process.lock);
    if (!is_initialised())
        process.n_begun++;
    if (is_ex)
        process.n_startup_ex++;
    else
        process.has_startup = true;
    atomic_store(&wsn_api_started, true);
    wsn_lock_give(&process.lock);
}

static wsn_err start(bool is_ex)
{
    bool is_own;
    wsn_err err;

    (void)pthread_once(&prepared, prepare);
    is_own = begin_change();
    if (!is_initialised())
        wsn_config_load();
    err = make_engine_if_none();
    if (err == WSN_OK)
        note_startup(is_ex);
    end_change(is_own);
    return err;
}

wsn_err wsn_process_start(void)
{
    return start(false);
}

wsn_err wsn_process_start_ex(void)
{
    return start(true);
}

/* ---- end
 * ---------------------------------------------------------------------- */

/* What the process had, unless its application code started up again while
 * the engine was ending. */
static void drop_settings(unsigned long n_begun)
{
    bool is_over;

    wsn_lock_take(&process.lock);
    is_over = process.n_begun == n_begun;
    wsn_lock_give(&process.lock);
    if (!is_over)
        return;
    wsn_descriptor_free_all();
    wsn_db_reset();
    wsn_stats_reset();
}

/* Within a change, initialised no more.  outer: another engine is ending
 * already, and this is its application code. */
static void tear_down(struct wsn_engine *engine, struct wsn_engine *outer,
                      unsigned long n_begun)
{
    wsn_manager_stop(engine);
    drop_settings(n_begun);
    wsn_lock_take(&process.lock);
    process.ending = outer;
    wsn_lock_give(&process.lock);
    wsn_engine_unref(engine);
}

/* SnmpCleanup undoes SnmpStartup, and where there was none an SnmpStartupEx:
 * programs pair them so. */
static wsn_err undo_startup(void)
{
    if (process.has_startup)
        process.has_startup = false;
    else if (process.n_startup_ex > 0)
        process.n_startup_ex--;
    else
        return SNMPAPI_NOT_INITIALIZED;
    return WSN_OK;
}

static wsn_err undo_startup_ex(void)
{
    if (process.n_startup_ex == 0)
        return SNMPAPI_OTHER_ERROR;
    process.n_startup_ex--;
    return WSN_OK;
}

static wsn_err end(wsn_err (*undo)(void))
{
    struct wsn_engine *engine = NULL;
    struct wsn_engine *outer;
    unsigned long n_begun;
    bool is_own = begin_change();
    wsn_err err;

    wsn_lock_take(&process.lock);
    err = undo();
    outer = process.ending;
    if (err == WSN_OK && !is_initialised()) {
        atomic_store(&wsn_api_started, false);
        engine = process.engine;
        process.engine = NULL;
        process.host = NULL;
    }
    if (engine != NULL)
        process.ending = engine;
    n_begun = process.n_begun;
    wsn_lock_give(&process.lock);
    if (engine != NULL)
        tear_down(engine, outer, n_begun);
    end_change(is_own);
    return err;
}

wsn_err wsn_process_end(void)
{
    return end(undo_startup);
}

wsn_err wsn_process_end_ex(void)
{
    return end(undo_startup_ex);
}

/* ---- the engine
 * ---------------------------------------------------------------- */

struct wsn_engine *wsn_process_peek_engine(void)
{
    struct wsn_engine *engine;

    wsn_lock_take(&process.lock);
    engine = process.engine;
    if (engine != NULL)
        (void)wsn_engine_ref(engine);
    wsn_lock_give(&process.lock);
    return engine;
}

wsn_err wsn_process_engine(struct wsn_engine **ret_engine)
{
    struct wsn_engine *engine = wsn_process_peek_engine();
    wsn_err err = WSN_OK;

    if (engine == NULL && atomic_load(&wsn_api_started)) {
        bool is_own = begin_change();

        if (atomic_load(&wsn_api_started))
            err = make_engine_if_none();
        end_change(is_own);
        engine = wsn_process_peek_engine();
    }
    if (engine == NULL)
        return err != WSN_OK ? err : SNMPAPI_NOT_INITIALIZED;
    *ret_engine = engine;
    return WSN_OK;
}

static struct wsn_engine *exchange(struct wsn_engine *engine,
                                   struct event_base *host)
{
    struct wsn_engine *before;

    wsn_lock_take(&process.lock);
    before = process.engine;
    process.engine = engine;
    process.host = host;
    wsn_lock_give(&process.lock);
    return before;
}

static wsn_err change_host(struct event_base *host)
{
    struct wsn_engine *before = process.engine;
    struct wsn_engine *engine;
    wsn_err err;

    if (before != NULL && wsn_manager_has_sessions(before))
        return SNMPAPI_OPERATION_INVALID;
    err = run_engine(host, &engine);
    if (err != WSN_OK)
        return err;
    before = exchange(engine, host);
    if (before != NULL)
        stop_and_drop(before);
    return WSN_OK;
}

wsn_err wsn_process_set_host(struct event_base *host)
{
    bool is_own = begin_change();
    wsn_err err = SNMPAPI_NOT_INITIALIZED;

    if (is_initialised())
        err = change_host(host);
    end_change(is_own);
    return err;
}

void wsn_api_retransmit_off(void)
{
    struct wsn_engine *engine = wsn_process_peek_engine();

    if (engine == NULL)
        return;
    wsn_retry_silence_all(engine);
    wsn_engine_unref(engine);
}
