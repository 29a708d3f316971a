/*
 * walk.c - see walk.h.
 */
#include "walk.h"

#include <stdio.h>

#include "ask.h"
#include "print.h"
#include "tool.h"
#include "values.h"

enum step { GO_ON, AT_END, NOT_INCREASING };

static int compare(const smiOID *a, const smiOID *b, smiUINT32 len)
{
    smiINT order = 0;

    if (SnmpOidCompare(a, b, len, &order) == SNMPAPI_FAILURE)
        tool_die("SnmpOidCompare");
    return (int)order;
}

static void report_order(const smiOID *last, const smiOID *next)
{
    char before[MAXOBJIDSTRSIZE] = "";
    char after[MAXOBJIDSTRSIZE] = "";

    SnmpOidToStr(last, sizeof before, before);
    SnmpOidToStr(next, sizeof after, after);
    fprintf(stderr, "%s: OID not increasing: %s >= %s\n", tool_name, before,
            after);
}

/* Looks at a variable of the answer; prints it if it belongs to the walk. */
static enum step walk_one(bool as_json, const smiOID *root, const smiOID *last,
                          const smiOID *name, const smiVALUE *value)
{
    if (value->syntax == SNMP_SYNTAX_ENDOFMIBVIEW)
        return AT_END;
    if (name->len < root->len || compare(name, root, root->len) != 0)
        return AT_END;
    if (compare(name, last, 0) <= 0) {
        report_order(last, name);
        return NOT_INCREASING;
    }
    if (as_json) {
        print_json_varbind(stdout, name, value);
        putchar('\n');
    } else {
        print_varbind(stdout, name, value);
    }
    return GO_ON;
}

static void swap(smiOID *a, smiOID *b)
{
    smiOID old_a = *a;

    *a = *b;
    *b = old_a;
}

/* Looks at the whole answer; last becomes the last name that was printed. */
static enum step walk_list(bool as_json, const smiOID *root, smiOID *last,
                           HSNMP_VBL list, unsigned *printed)
{
    smiUINT32 count = SnmpCountVbl(list);
    enum step step = count == 0 ? AT_END : GO_ON;
    smiOID name;
    smiVALUE value;

    for (smiUINT32 i = 1; i <= count && step == GO_ON; i++) {
        if (!get_varbind(list, i, &name, &value))
            tool_die("SnmpGetVb");
        step = walk_one(as_json, root, last, &name, &value);
        if (step == GO_ON) {
            swap(&name, last); /* what was the last is freed */
            ++*printed;
        }
        free_varbind(&name, &value);
    }
    return step;
}

/* The next variables after a name; returns the agent's error status. */
static int request_next(const struct walk *walk, const smiOID *after,
                        HSNMP_VBL *ret_answer, int *ret_index)
{
    HSNMP_VBL list = new_list(walk->session);

    append(list, after, NULL);
    if (!walk->in_bulk)
        return ask_request(SNMP_PDU_GETNEXT, 0, 0, list, ret_answer, ret_index);
    return ask_request(SNMP_PDU_GETBULK, (smiINT)walk->non_repeaters,
                       (smiINT)walk->max_repetitions, list, ret_answer,
                       ret_index);
}

/* One request of the walk.  Returns the agent's error status; the end of an
 * SNMPv1 agent's variables is none. */
static int walk_on(const struct walk *walk, const smiOID *root, smiOID *last,
                   unsigned *printed, enum step *ret_step)
{
    HSNMP_VBL answer;
    int index;
    int status = request_next(walk, last, &answer, &index);

    if (status == SNMP_ERROR_NOERROR) {
        *ret_step = walk_list(walk->as_json, root, last, answer, printed);
    } else if (status == SNMP_ERROR_NOSUCHNAME) {
        *ret_step = AT_END;
        status = SNMP_ERROR_NOERROR;
    } else {
        ask_report_error(status, index, answer);
    }
    SnmpFreeVbl(answer);
    return status;
}

static int walk_one_tree(const struct walk *walk, char *text)
{
    char *names[] = {text, NULL};
    smiOID root = tool_oid(text);
    smiOID last = tool_oid(text);
    enum step step = GO_ON;
    unsigned printed = 0;
    int status = SNMP_ERROR_NOERROR;

    while (status == SNMP_ERROR_NOERROR && step == GO_ON)
        status = walk_on(walk, &root, &last, &printed, &step);
    tool_free_oid(&root);
    tool_free_oid(&last);
    if (status != SNMP_ERROR_NOERROR)
        return 2;
    /* If nothing is below the root it may itself be a variable. */
    if (step == AT_END && printed == 0)
        return ask(SNMP_PDU_GET, list_of_names(walk->session, names),
                   walk->as_json);
    return step == AT_END ? 0 : 1;
}

int walk_all(const struct walk *walk, char **oids)
{
    int result = 0;

    for (; *oids != NULL && result == 0; oids++)
        result = walk_one_tree(walk, *oids);
    return result;
}
