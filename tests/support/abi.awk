# abi.awk - from what abidw says of a shared library (read twice) a short text:
# the exported functions with their types, and the types of the headers with
# sizes and offsets in octets.

# The value of an attribute of the line, or "".
function attribute(name,    at, rest)
{
    at = index($0, " " name "='")
    if (at == 0)
        return ""
    rest = substr($0, at + length(name) + 3)
    return substr(rest, 1, index(rest, "'") - 1)
}

# What a type is called; a nameless one is "struct {...}" or the like.
function name_of(id)
{
    if (id in name)
        return name[id]
    if (id in points_to)
        return name_of(points_to[id]) "*"
    if (id in qualifies)
        return name_of(qualifies[id]) " " qualifier[id]
    if (id in element)
        return name_of(element[id]) "[" count[id] "]"
    return kind[id]
}

function is_public(path)
{
    return path !~ /^\/usr\/include\// && path ~ /(include|compat)\/[A-Za-z0-9_]*\.h$/
}

function finish_function()
{
    if (symbol != "")
        print "function " result " " symbol "(" parameters ")"
    symbol = ""
}

NR == FNR {
    id = attribute("id")
    if (id == "")
        next
    if (/<(type-decl|typedef-decl|class-decl|union-decl|enum-decl)/ &&
        !/is-anonymous='yes'/)
        name[id] = attribute("name")
    else if (/<(class|union|enum)-decl/)
        kind[id] = "{...}"
    else if (/<(pointer|reference)-type-def/)
        points_to[id] = attribute("type-id")
    else if (/<qualified-type-def/) {
        qualifies[id] = attribute("type-id")
        qualifier[id] = /const='yes'/ ? "const" : "volatile"
    } else if (/<array-type-def/) {
        element[id] = attribute("type-id")
        count[id] = attribute("size-in-bits") / 8
    } else if (/<function-type/)
        kind[id] = "function"
    next
}

/<function-decl/ {
    symbol = attribute("elf-symbol-id")
    parameters = result = ""
}
/<parameter is-variadic/ { parameters = parameters ", ..." ; next }
/<parameter/ && symbol != "" {
    parameters = parameters (parameters == "" ? "" : ", ") \
        name_of(attribute("type-id"))
}
/<return/ && symbol != "" { result = name_of(attribute("type-id")) }
/<\/function-decl/ { finish_function() }

/<typedef-decl/ && is_public(attribute("filepath")) {
    print "type " attribute("name") " = " name_of(attribute("type-id"))
}

/<(class|union)-decl/ {
    type = is_public(attribute("filepath")) && !/is-declaration-only/ &&
        !/is-anonymous='yes'/ ? attribute("name") : ""
    size = attribute("size-in-bits") / 8
    word = /<union/ ? "union" : "struct"
    if (type ~ /^(wsn|wc)_/)
        type = ""
    if (type != "")
        print word " " type ", " size " octets"
}
/<data-member/ { offset = attribute("layout-offset-in-bits") / 8 }
/<var-decl/ && type != "" {
    print word " " type " at " offset ": " attribute("name") ", " \
        name_of(attribute("type-id"))
}
/<\/(class|union)-decl/ { type = "" }
