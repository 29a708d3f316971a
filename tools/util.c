/*
 * util.c - winsnmp-util: asks and tells SNMP agents, and sends traps and
 * informs.
 *
 * Values go to standard output, messages to standard error.  The exit codes
 * are those of Net-SNMP's tools: 0 all is well (that an object does not exist
 * is an answer too, in SNMPv2c), 1 no answer, wrong usage or another failure
 * here, 2 the agent answered with an error.
 */
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <winsnmp.h>

#include "ask.h"
#include "tool.h"
#include "values.h"
#include "walk.h"

const char tool_name[] = "winsnmp-util";

static const char usage[] =
    "usage: winsnmp-util COMMAND [options] HOST COMMUNITY OID...\n"
    "\n"
    "  get      HOST COMMUNITY OID...\n"
    "  getnext  HOST COMMUNITY OID...\n"
    "  walk     HOST COMMUNITY OID...     everything below, by GETNEXT\n"
    "  bulk     HOST COMMUNITY OID...     everything below, by GETBULK\n"
    "  set      HOST COMMUNITY {OID TYPE VALUE}...\n"
    "  trap     HOST COMMUNITY TRAP-OID [OID TYPE VALUE]...\n"
    "  inform   HOST COMMUNITY TRAP-OID [OID TYPE VALUE]...\n"
    "\n"
    "  -v 1|2c  version (2c)\n"
    "  -p PORT  UDP port (161, for trap and inform 162)\n"
    "  -t SEC   wait so long for an answer, such as 0.5 (1)\n"
    "  -r N     ask again so often (5)\n"
    "  -n N     bulk: non-repeaters (0)\n"
    "  -m N     bulk: max-repetitions (10)\n"
    "  --json   one JSON object for each variable, on a line of its own\n"
    "  --log LEVEL   none, error, warning, info, debug or packets\n"
    "  --version     the version\n"
    "  --help   this text\n"
    "\n"
    "HOST is an IPv4 or IPv6 address or a name.  TYPE is one of\n" VALUE_TYPES
    "Exit codes: 0 all is well, 1 no answer or a failure here, 2 the agent\n"
    "answered with an error.\n";

static struct {
    bool is_v1;
    const char *log_level;
    struct partner partner;
    struct walk walk;
} options = {.partner = {.timeout_cs = 100, .retries = 5},
             .walk = {.max_repetitions = 10}};

/* ---- commands: each returns the exit code ------------------------------- */

static int get(char **words)
{
    return ask(SNMP_PDU_GET, list_of_names(options.walk.session, words),
               options.walk.as_json);
}

static int get_next(char **words)
{
    return ask(SNMP_PDU_GETNEXT, list_of_names(options.walk.session, words),
               options.walk.as_json);
}

static int walk(char **words)
{
    return walk_all(&options.walk, words);
}

static int bulk(char **words)
{
    options.walk.in_bulk = true;
    return walk_all(&options.walk, words);
}

static int set(char **words)
{
    HSNMP_VBL list = new_list(options.walk.session);

    append_triples(list, words);
    return ask(SNMP_PDU_SET, list, options.walk.as_json);
}

/* A notification begins with sysUpTime.0 and snmpTrapOID.0. */
static HSNMP_VBL notification(char **words)
{
    HSNMP_VBL list = new_list(options.walk.session);
    smiOID up_time = tool_oid("1.3.6.1.2.1.1.3.0");
    smiOID trap_oid = tool_oid("1.3.6.1.6.3.1.1.4.1.0");
    smiVALUE value = {SNMP_SYNTAX_TIMETICKS, {0}};

    value.value.uNumber = GetTickCount() / 10;
    append(list, &up_time, &value);
    value.syntax = SNMP_SYNTAX_OID;
    value.value.oid = tool_oid(words[0]);
    append(list, &trap_oid, &value);
    append_triples(list, words + 1);
    tool_free_oid(&value.value.oid);
    tool_free_oid(&trap_oid);
    tool_free_oid(&up_time);
    return list;
}

/* SnmpClose does not lose what SnmpSendMsg has accepted. */
static int trap(char **words)
{
    HSNMP_VBL list = notification(words);

    ask_send(SNMP_PDU_TRAP, 0, 0, list);
    SnmpFreeVbl(list);
    return 0;
}

/* The answer to an inform repeats its variables: not worth printing. */
static int inform(char **words)
{
    HSNMP_VBL answer;
    int index;
    int status = ask_request(SNMP_PDU_INFORM, 0, 0, notification(words),
                             &answer, &index);

    if (status != SNMP_ERROR_NOERROR)
        ask_report_error(status, index, answer);
    SnmpFreeVbl(answer);
    return status == SNMP_ERROR_NOERROR ? 0 : 2;
}

static const struct command {
    const char *name;
    int (*run)(char **words);
    unsigned port;
} commands[] = {{"get", get, 161},   {"getnext", get_next, 161},
                {"walk", walk, 161}, {"bulk", bulk, 161},
                {"set", set, 161},   {"trap", trap, 162},
                {"inform", inform, 162}};

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    tool_die_usage("unknown command", name);
}

/* ---- the command line --------------------------------------------------- */

static const struct option long_options[] = {
    {"json", no_argument, NULL, 'j'},
    {"log", required_argument, NULL, 'l'},
    {"version", no_argument, NULL, 'V'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0}};

/* Seconds, as 2 or 0.25, in hundredths. */
static unsigned parse_seconds(const char *text)
{
    char *end;
    double seconds = strtod(text, &end);

    if (end == text || *end != '\0' || !(seconds >= 0.01 && seconds < 1e6))
        tool_die_usage("not a time in seconds", text);
    return (unsigned)(seconds * 100 + 0.5);
}

static bool parse_version(const char *text)
{
    if (strcmp(text, "1") != 0 && strcmp(text, "2c") != 0)
        tool_die_usage("not a version", text);
    return text[1] == '\0';
}

static _Noreturn void help(void)
{
    fputs(usage, stdout);
    exit(0);
}

static void set_option(int letter, const char *value)
{
    switch (letter) {
    case 'v':
        options.is_v1 = parse_version(value);
        break;
    case 'p':
        options.partner.port = tool_number(value, 65535);
        break;
    case 't':
        options.partner.timeout_cs = parse_seconds(value);
        break;
    case 'r':
        options.partner.retries = tool_number(value, 1000);
        break;
    case 'n':
        options.walk.non_repeaters = tool_number(value, 2147483647);
        break;
    case 'm':
        options.walk.max_repetitions = tool_number(value, 2147483647);
        break;
    case 'j':
        options.walk.as_json = true;
        break;
    case 'l':
        options.log_level = value;
        break;
    case 'V':
        tool_version();
    case 'h':
        help();
    default: /* getopt_long has complained */
        exit(1);
    }
}

/* Returns the first word that is no option.  Options end there: a value may
 * begin with a minus. */
static char **parse_options(int argc, char **argv)
{
    int letter;

    while ((letter = getopt_long(argc, argv, "+v:p:t:r:n:m:h", long_options,
                                 NULL)) != -1)
        set_option(letter, optarg);
    return argv + optind;
}

int main(int argc, char **argv)
{
    const struct command *command;
    char **words = parse_options(argc, argv);
    int result;

    if (*words == NULL) {
        fputs(usage, stderr);
        return 1;
    }
    command = find_command(*words);
    optind++;
    words = parse_options(argc, argv);
    if (words[0] == NULL || words[1] == NULL || words[2] == NULL)
        tool_die_usage("HOST, COMMUNITY or OID is missing", command->name);
    options.partner.host = words[0];
    options.partner.community = words[1];
    if (options.partner.port == 0)
        options.partner.port = command->port;
    tool_start(options.log_level, options.is_v1 ? SNMPAPI_UNTRANSLATED_V1
                                                : SNMPAPI_UNTRANSLATED_V2);
    options.walk.session = ask_open(&options.partner);
    result = command->run(words + 2);
    SnmpClose(options.walk.session);
    SnmpCleanup();
    tool_flush();
    return result;
}
