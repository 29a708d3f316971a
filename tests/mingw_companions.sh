#!/bin/sh
# mingw_companions.sh - snmp.h and mgmtapi.h mean what they mean on Windows.
#
# Constants and prototypes are compared as in mingw_values.sh.  The layout of
# the structures differs on purpose: the Windows ones are packed to 4 bytes,
# ours are not.  So on 32 bits both are the same, and on 64 bits ours have the
# layout that winsnmp.h has.

. "${top_srcdir:-.}/tests/support/tap.sh"

cross=${MINGW_CC:-x86_64-w64-mingw32-gcc}
native=${CC:-cc}
command -v "$cross" >/dev/null 2>&1 || skip_all "$cross is not installed"

theirs=$(echo '#include <mgmtapi.h>' | "$cross" -x c -M - 2>/dev/null |
    tr ' \\' '\n\n' | grep -E '/(snmp|mgmtapi)\.h$')
[ "$(echo "$theirs" | wc -l)" -eq 2 ] ||
    skip_all "$cross does not have the headers"

ours()
{
    $native -std=c11 -Wall -Wextra -Werror -I "$srcdir/include" \
        -I "$srcdir/compat" "$@"
}

# ---- constants -------------------------------------------------------------

sed -n 's/^#define[[:space:]]\{1,\}\([A-Za-z_][A-Za-z0-9_]*\).*/\1/p' \
    $theirs | sort -u >"$work/macros"
{
    echo '#include <mgmtapi.h>'
    sed 's/.*/#ifndef &\n#error "define & in snmp.h or mgmtapi.h"\n#endif/' \
        "$work/macros"
    echo 'extern int unused;'
} >"$work/present.c"
check 'every macro of the Windows headers is there' \
    ours -fsyntax-only "$work/present.c"

# Numbers are those that the Windows compiler takes in an enumeration.
grep -E '^(ASN|SNMP|MGMCTL|DEFAULT)_|^SNMPAPI_' "$work/macros" |
    while read -r name; do
        printf '#include <mgmtapi.h>\nenum { VALUE = (%s) };\n' "$name" \
            >"$work/number.c"
        "$cross" -fsyntax-only "$work/number.c" 2>/dev/null && echo "$name"
    done >"$work/constants"
[ "$(wc -l <"$work/constants")" -gt 110 ]
report $? 'the Windows headers were understood'

{
    printf '%s\n' '#include <mgmtapi.h>' '#include <stdio.h>' \
        '#define IS(name) printf("_Static_assert(" #name \' \
        '    " == %lld, \"%s\");\n", (long long)(name), #name)' \
        'int main(void)' '{' 'puts("#include <mgmtapi.h>");'
    sed 's/.*/IS(&);/' "$work/constants"
    printf '%s\n' 'return 0;' '}'
} >"$work/write.c"

write_assertions()
{
    ours -o "$work/write" "$work/write.c" && "$work/write" >"$work/facts.c" &&
        echo 'extern int unused;' >>"$work/facts.c"
}
check 'the constants can be written down' write_assertions
check 'they hold for the Windows headers' \
    "$cross" -std=c11 -fsyntax-only "$work/facts.c"

sed 's/SNMP_MGMTAPI_TIMEOUT == 40/SNMP_MGMTAPI_TIMEOUT == 41/' \
    "$work/facts.c" >"$work/wrong.c"
! "$cross" -std=c11 -fsyntax-only "$work/wrong.c" 2>/dev/null
report $? 'a wrong value would be noticed'

# Old names stand for new ones.
grep -E '^(SNMP_(oid|Copy|Free|print|free|malloc|realloc|DBG)|RFC1157|Asn)' \
    "$work/macros" >"$work/old"
meaning()
{
    { echo '#include <mgmtapi.h>'; sed 's/.*/old_& &/' "$work/old"; } |
        "$@" -E -P -x c - | grep '^old_'
}
meaning $native -I "$srcdir/include" -I "$srcdir/compat" >"$work/old.ours"
meaning "$cross" >"$work/old.theirs"
[ "$(wc -l <"$work/old.ours")" -ge 20 ] &&
    cmp -s "$work/old.ours" "$work/old.theirs"
report $? 'old names stand for the same new ones'

# ---- layouts ---------------------------------------------------------------

cat >"$work/layout32.c" <<'END'
#include <stddef.h>
#include <snmp.h>
_Static_assert(sizeof(AsnOctetString) == 12, "");
_Static_assert(offsetof(AsnOctetString, length) == 4, "");
_Static_assert(offsetof(AsnOctetString, dynamic) == 8, "");
_Static_assert(sizeof(AsnObjectIdentifier) == 8, "");
_Static_assert(offsetof(AsnObjectIdentifier, ids) == 4, "");
_Static_assert(sizeof(AsnAny) == 16, "");
_Static_assert(offsetof(AsnAny, asnValue) == 4, "");
_Static_assert(sizeof(SnmpVarBind) == 24, "");
_Static_assert(offsetof(SnmpVarBind, value) == 8, "");
_Static_assert(sizeof(SnmpVarBindList) == 8, "");
extern int unused;
END
if command -v clang >/dev/null 2>&1; then
    check '32-bit layouts' clang --target=i386-none-elf -std=c11 \
        -ffreestanding -nostdlibinc -fsyntax-only -DWINSNMP_MINIMAL \
        -I "$srcdir/include" -I "$srcdir/compat" "$work/layout32.c"
fi
if command -v i686-w64-mingw32-gcc >/dev/null 2>&1; then
    check '32-bit layouts, the Windows header' i686-w64-mingw32-gcc -std=c11 \
        -fsyntax-only "$work/layout32.c"
fi

cat >"$work/cast.c" <<'END'
#include <stddef.h>
#include <mgmtapi.h>
#include <winsnmp.h>
_Static_assert(sizeof(AsnObjectIdentifier) == sizeof(smiOID), "");
_Static_assert(_Alignof(AsnObjectIdentifier) == _Alignof(smiOID), "");
_Static_assert(offsetof(AsnObjectIdentifier, idLength) ==
               offsetof(smiOID, len), "");
_Static_assert(offsetof(AsnObjectIdentifier, ids) == offsetof(smiOID, ptr),
               "");
extern int unused;
END
check 'an smiOID has the layout of an AsnObjectIdentifier' \
    ours -fsyntax-only "$work/cast.c"

# ---- prototypes ------------------------------------------------------------

grep -hE '(SNMP_FUNC_TYPE|WINAPIV) Snmp[A-Za-z]+\(.*;' $theirs |
    sed 's/WINBOOL/BOOL/g' >"$work/prototypes"
[ "$(wc -l <"$work/prototypes")" -eq 42 ]
report $? 'the Windows headers declare 35 functions, agents 7'

twice()
{
    echo '#include <mgmtapi.h>'
    cat "$work/prototypes"
    echo 'extern int unused;'
}
twice >"$work/twice.c"
check 'both headers declare them alike' ours -Wno-strict-prototypes \
    -fsyntax-only "$work/twice.c"
sed 's/SnmpMgrClose(LPSNMP_MGR_SESSION/SnmpMgrClose(int/' "$work/twice.c" \
    >"$work/wrong.c"
! ours -fsyntax-only "$work/wrong.c" 2>/dev/null
report $? 'a wrong prototype would be noticed'

# ---- together with winsnmp.h -----------------------------------------------

printf '#include <%s>\n' winsnmp.h mgmtapi.h >"$work/after.c"
printf '#include <%s>\n' mgmtapi.h winsnmp.h >"$work/before.c"
printf '#define SNMPSTRICT\n#include <mgmtapi.h>\n' >"$work/strict.c"
for order in after before strict; do
    echo 'extern int unused;' >>"$work/$order.c"
    check "mgmtapi.h, $order, C" $native -std=c89 -Wall -Wextra -Wpedantic \
        -Werror -I "$srcdir/include" -I "$srcdir/compat" -fsyntax-only \
        "$work/$order.c"
    check "mgmtapi.h, $order, C++" ${CXX:-c++} -x c++ -std=c++98 -Wall \
        -Wextra -Wpedantic -Werror -I "$srcdir/include" -I "$srcdir/compat" \
        -fsyntax-only "$work/$order.c"
done

finish
