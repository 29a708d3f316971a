#!/bin/sh
# careless.sh - what programs in C++ do: clean up in a destructor of a static
# object, and throw in a notification function.

. "${top_srcdir:-.}/tests/support/tap.sh"

command -v "${CXX:-c++}" >/dev/null 2>&1 || skip_all 'there is no C++ compiler'
library=$builddir/.libs/libwinsnmp.so
[ -f "$library" ] || skip_all 'the shared library is not built'

# compile NAME <SOURCE
compile()
{
    cat >"$work/$1.cc"
    "${CXX:-c++}" -std=c++11 -pthread -I "$srcdir/include" \
        -I "$srcdir/compat" -I "$srcdir/include/winsnmp" \
        -o "$work/$1" "$work/$1.cc" "$library" \
        -Wl,-rpath,"$(cd "${library%/*}" && pwd)"
}

run()
{
    WINSNMP_CONF=/dev/null "$work/$1" >"$work/$1.out" 2>&1
}

# ---- destructors -------------------------------------------------------------

compile destructor <<'END'
#include <winsnmp.h>

static SNMPAPI_STATUS CALLBACK on_event(HSNMP_SESSION, HWND, UINT, WPARAM,
                                        LPARAM, LPVOID)
{
    return SNMPAPI_SUCCESS;
}

struct Library {
    Library()
    {
        SnmpStartup(nullptr, nullptr, nullptr, nullptr, nullptr);
    }
    ~Library()
    {
        if (SnmpCleanup() != SNMPAPI_SUCCESS)
            __builtin_trap();
    }
};

static Library library;

int main()
{
    return SnmpCreateSession(nullptr, 0, on_event, nullptr) == nullptr;
}
END
report $? 'a program with a static object compiles'
check 'its destructor may clean up' run destructor

# ---- exceptions --------------------------------------------------------------

# The library is C: an exception cannot pass through it.  A program that does
# not catch its own ends at once, as the language says, and does not hang.
compile throwing <<'END'
#include <stdexcept>
#include <string.h>
#include <unistd.h>

#include <winsnmp.h>

static bool is_caught;
static volatile bool has_run;

static SNMPAPI_STATUS CALLBACK on_event(HSNMP_SESSION, HWND, UINT, WPARAM,
                                        LPARAM, LPVOID)
{
    if (!is_caught)
        throw std::runtime_error("thrown in a callback");
    try {
        throw std::runtime_error("thrown in a callback");
    } catch (const std::exception &) {
        has_run = true;
    }
    return SNMPAPI_SUCCESS;
}

int main(int argc, char **)
{
    unsigned char community[] = "public";
    smiOCTETS octets = {6, community};
    smiUINT32 ids[] = {1, 3, 6};
    smiOID name = {3, ids};

    is_caught = argc > 1;
    SnmpStartup(nullptr, nullptr, nullptr, nullptr, nullptr);
    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2);
    HSNMP_SESSION session = SnmpCreateSession(nullptr, 0, on_event, nullptr);
    HSNMP_ENTITY nobody = SnmpStrToEntity(session, "127.0.0.1");
    SnmpSetPort(nobody, 1);
    SnmpSetTimeout(nobody, 1);
    SnmpSetRetry(nobody, 0);
    HSNMP_PDU pdu = SnmpCreatePdu(session, SNMP_PDU_GET, 1, 0, 0,
                                  SnmpCreateVbl(session, &name, nullptr));
    if (SnmpSendMsg(session, nullptr, nobody,
                    SnmpStrToContext(session, &octets), pdu) == 0)
        return 2;
    alarm(20);
    while (!has_run)
        usleep(1000);
    return SnmpCleanup() == SNMPAPI_SUCCESS ? 0 : 3;
}
END
report $? 'a program that throws compiles'

caught()
{
    WINSNMP_CONF=/dev/null "$work/throwing" catch
}

uncaught()
{
    (ulimit -c 0; run throwing)
    [ $? -eq 134 ] && grep -q 'thrown in a callback' "$work/throwing.out"
}

check 'an exception that is caught does no harm' caught
check 'one that is not ends the program at once' uncaught

finish
