#!/bin/sh
# mingw_values.sh - our header and the Windows one mean the same.
#
# A program compiled with our header writes down every constant, size and
# offset as an assertion; the cross compiler then holds these against
# mingw-w64's winsnmp.h, without running anything.  The prototypes are
# compared by declaring each function twice, once as in either header.

. "${top_srcdir:-.}/tests/support/tap.sh"

cross=${MINGW_CC:-x86_64-w64-mingw32-gcc}
native=${CC:-cc}
command -v "$cross" >/dev/null 2>&1 || skip_all "$cross is not installed"

theirs=$(echo '#include <winsnmp.h>' | "$cross" -x c -M - 2>/dev/null |
    tr ' \\' '\n\n' | grep '/winsnmp\.h$')
[ -f "$theirs" ] || skip_all "$cross has no winsnmp.h"

ours()
{
    $native -std=c11 -Wall -Wextra -Werror -I "$srcdir/include" \
        -I "$srcdir/compat" "$@"
}

# ---- constants -------------------------------------------------------------

# Without the guard of windows.h, which that header sets for another.
sed -n 's/^#define[[:space:]]\{1,\}\([A-Za-z_][A-Za-z0-9_]*\).*/\1/p' \
    "$theirs" | grep -vx '_INC_WINDOWS' | sort -u >"$work/macros"

{
    echo '#include <winsnmp.h>'
    sed 's/.*/#ifndef &\n#error "define & in winsnmp_types.h"\n#endif/' \
        "$work/macros"
    echo 'extern int unused;'
} >"$work/present.c"
check 'every macro of the Windows header is there' \
    ours -fsyntax-only "$work/present.c"

# Words without a value: the guard and the decorations of declarations.
grep -vxE '_INC_WINSNMP|IN|OUT|SNMPAPI_CALL' "$work/macros" >"$work/constants"
[ "$(wc -l <"$work/constants")" -gt 100 ]
report $? 'the Windows header was understood'

printf '%s\n' '#include <winsnmp.h>' 'failure = SNMPAPI_FAILURE;' \
    'success = SNMPAPI_SUCCESS;' >"$work/literal.c"
bare_literals()
{
    ours -E -P "$work/literal.c" >"$work/literal.i" &&
        grep -qx 'failure = 0;' "$work/literal.i" &&
        grep -qx 'success = 1;' "$work/literal.i"
}
check 'failure and success are bare literals, comparable with handles' \
    bare_literals

# ---- layouts ---------------------------------------------------------------

handles='HSNMP_SESSION HSNMP_ENTITY HSNMP_CONTEXT HSNMP_PDU HSNMP_VBL'
types="$handles smiBYTE smiINT smiINT32 smiUINT32 smiCNTR32 smiGAUGE32
    smiTIMETICKS smiCNTR64 smiOCTETS smiBITS smiIPADDR smiOPAQUE smiNSAPADDR
    smiOID smiVALUE smiVENDORINFO SNMPAPI_STATUS SNMPAPI_CALLBACK
    PFNSNMPSTARTUPEX PFNSNMPCLEANUPEX smiLPBYTE smiLPINT smiLPINT32
    smiLPUINT32 smiLPCNTR32 smiLPGAUGE32 smiLPTIMETICKS smiLPCNTR64
    smiLPOCTETS smiLPCOCTETS smiLPBITS smiLPIPADDR smiLPOPAQUE smiLPNSAPADDR
    smiLPOID smiLPCOID smiLPVALUE smiLPCVALUE smiLPVENDORINFO
    LPHSNMP_SESSION LPHSNMP_ENTITY LPHSNMP_CONTEXT LPHSNMP_PDU LPHSNMP_VBL"
members='smiOCTETS.len smiOCTETS.ptr smiOID.len smiOID.ptr smiCNTR64.hipart
    smiCNTR64.lopart smiVALUE.syntax smiVALUE.value smiVALUE.value.sNumber
    smiVALUE.value.uNumber smiVALUE.value.hNumber smiVALUE.value.string
    smiVALUE.value.oid smiVALUE.value.empty smiVENDORINFO.vendorName
    smiVENDORINFO.vendorContact smiVENDORINFO.vendorVersionId
    smiVENDORINFO.vendorVersionDate smiVENDORINFO.vendorEnterprise'

# The program that writes the assertions.
{
    printf '%s\n' '#include <winsnmp.h>' '#include <stddef.h>' \
        '#include <stdio.h>' \
        '#define IS(fact, n) printf("_Static_assert(" fact \' \
        '    " == %lld, \"%s\");\n", (long long)(n), #n)' \
        'int main(void)' '{' \
        'puts("#include <winsnmp.h>\n#include <stddef.h>");'
    while read -r name; do
        echo "IS(\"$name\", $name);"
    done <"$work/constants"
    for type in $types; do
        echo "IS(\"sizeof($type)\", sizeof($type));"
        echo "IS(\"_Alignof($type)\", _Alignof($type));"
    done
    for type in smiINT smiINT32 smiUINT32 smiTIMETICKS SNMPAPI_STATUS smiBYTE; do
        echo "IS(\"(($type)-1 < ($type)1)\", ($type)-1 < ($type)1);"
    done
    for member in $members; do
        where="offsetof(${member%%.*}, ${member#*.})"
        echo "IS(\"$where\", $where);"
    done
    printf '%s\n' 'return 0;' '}'
} >"$work/write.c"

write_assertions()
{
    # A signed comparison with 1 is meant to be decided by the type.
    ours -Wno-type-limits -o "$work/write" "$work/write.c" &&
        "$work/write" >"$work/facts.c" &&
        echo 'extern int unused;' >>"$work/facts.c"
}
check 'the constants and layouts can be written down' write_assertions
check 'they hold for our header' ours -fsyntax-only "$work/facts.c"
check 'they hold for the Windows header' \
    "$cross" -std=c11 -fsyntax-only "$work/facts.c"

sed 's/SNMPAPI_TL_TIMEOUT == 108/SNMPAPI_TL_TIMEOUT == 109/' "$work/facts.c" \
    >"$work/wrong.c"
! "$cross" -std=c11 -fsyntax-only "$work/wrong.c" 2>/dev/null
report $? 'a wrong value would be noticed'

# 32-bit layouts: a bare target needs no library, and big-endian comes free.
cat >"$work/layout32.c" <<'END'
#include <winsnmp.h>
#include <stddef.h>
_Static_assert(sizeof(HSNMP_PDU) == 4, "a handle");
_Static_assert(sizeof(smiINT) == 4 && sizeof(smiUINT32) == 4, "numbers");
_Static_assert(sizeof(smiOCTETS) == 8 && offsetof(smiOCTETS, ptr) == 4, "");
_Static_assert(sizeof(smiOID) == 8 && offsetof(smiOID, ptr) == 4, "an OID");
_Static_assert(sizeof(smiCNTR64) == 8 && _Alignof(smiCNTR64) == 4, "");
_Static_assert(sizeof(smiVALUE) == 12 && offsetof(smiVALUE, value) == 4, "");
_Static_assert(sizeof(smiVENDORINFO) == 196, "the vendor");
extern int unused;
END
if command -v clang >/dev/null 2>&1; then
    for target in i386-none-elf powerpc-none-elf; do
        check "32-bit layouts, $target" clang --target=$target -std=c11 \
            -ffreestanding -nostdlibinc -fsyntax-only -DWSN_INTERNAL \
            -I "$srcdir/include" -I "$srcdir/compat" "$work/layout32.c"
    done
fi
if command -v i686-w64-mingw32-gcc >/dev/null 2>&1; then
    check '32-bit layouts, the Windows header' i686-w64-mingw32-gcc -std=c11 \
        -fsyntax-only "$work/layout32.c"
fi

# ---- prototypes ------------------------------------------------------------

grep -E 'WINAPI Snmp[A-Za-z]+ *\(.*;' "$theirs" >"$work/prototypes"
[ "$(wc -l <"$work/prototypes")" -eq 49 ]
report $? 'the Windows header declares 49 functions'

{
    echo '#include <winsnmp.h>'
    cat "$work/prototypes"
    echo 'void (*const all[])(void) = {'
    sed 's/.*WINAPI \(Snmp[A-Za-z]*\).*/(void (*)(void))\1,/' "$work/prototypes"
    echo '};'
} >"$work/twice.c"
check 'both headers declare them alike' ours -Wno-cast-function-type \
    -fsyntax-only "$work/twice.c"

grep -q 'SnmpListenEx' "$work/prototypes" &&
    sed 's/WINAPI SnmpListenEx *(HSNMP_ENTITY/WINAPI SnmpListenEx(int/' \
        "$work/twice.c" >"$work/wrong.c" &&
    ! ours -fsyntax-only "$work/wrong.c" 2>/dev/null
report $? 'a wrong prototype would be noticed'

finish
