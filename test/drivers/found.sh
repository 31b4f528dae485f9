# Which drivers are installed. Sourced by bash.

# The system's own Python, for which packages are; another one where PYTHON names it.
find_python() {
    local candidate
    for candidate in "${PYTHON:-}" /usr/bin/python3 python3; do
        if [ -n "$candidate" ] && command -v "$candidate"; then
            return
        fi
    done
}

# Usage: python_lacks MODULE...    prints those that are missing, as the other functions do
python_lacks() {
    local python module
    python=$(find_python)
    [ -n "$python" ] || {
        echo python3
        return
    }
    for module in "$@"; do
        "$python" -c "import $module" 2>/dev/null || echo "$module for $python"
    done
}

# Usage: node_lacks FOLDER...    folders where modules may be
node_lacks() {
    local path
    path=$(printf '%s:' "$@")
    command -v node >/dev/null || echo node
    ! command -v node >/dev/null || NODE_PATH=$path node -e 'require("pg")' 2>/dev/null || echo "the module pg"
}

find_jdbc_driver() {
    ls "${JDBC_DRIVER:-/usr/share/java/postgresql.jar}" 2>/dev/null
}

java_lacks() {
    command -v javac >/dev/null || echo 'a JDK'
    [ -n "$(find_jdbc_driver)" ] || echo "PostgreSQL's JDBC driver"
}
