# Sourced by infra/run, infra/test and infra/repoportal: what all three need on a fresh machine.
# shellcheck shell=bash
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build="$root/.build"
app="$build/publish"
service_user=${REPOPORTAL_USER:-repoportal}

# What the product runs on: httpd with mod_dav_svn, the svn tools, the library that is bound in process, rclone for backups off site, and git for importing from it. Never the package `apache2`, which would
# start a server of its own on port 80.
runtime_packages=(apache2-bin libapache2-mod-svn subversion libsvn1 util-linux rclone git)
# What the hook program is compiled with (NativeAOT links with the C compiler).
build_packages=(gcc libc6-dev zlib1g-dev)

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# install PACKAGE...: installs the Debian packages among these that are missing.
install() {
    local missing=() package
    for package; do
        [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null)" = 'ii ' ] || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    say "Installing ${missing[*]} …"
    local apt=(apt-get)
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || die "Missing Debian packages. Install them as root: apt-get install --no-install-recommends ${missing[*]}"
        apt=(sudo -n apt-get)
    fi
    local log
    log=$(mktemp)
    { "${apt[@]}" update && DEBIAN_FRONTEND=noninteractive "${apt[@]}" install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 \
        || { cat "$log" >&2; die "Could not install ${missing[*]}."; }
    rm -f "$log"
}

# quietly COMMAND...: shows what the command printed only when it failed.
quietly() {
    local log status=0
    log=$(mktemp)
    "$@" >"$log" 2>&1 || status=$?
    [ $status -eq 0 ] || cat "$log" >&2
    rm -f "$log"
    return $status
}

# publish_app: builds the server and the hook program into $app. One at a time: two commands at once would write the same files.
publish_app() {
    command -v dotnet >/dev/null || die "The .NET 10 SDK is missing: no 'dotnet' on PATH."
    mkdir -p "$build"
    exec 9>"$build/publish.lock"
    flock 9
    local stamp="$build/publish.stamp"
    if [ ! -e "$stamp" ] || [ -n "$(find "$root"/src "$root"/wwwroot "$root"/*.props "$root"/global.json -newer "$stamp" -print -quit)" ]; then
        say "Building …"
        touch "$stamp.new"
        quietly dotnet publish "$root/src/RepoPortal.Hook" -c Release -o "$app" || die "The hook program did not build."
        quietly dotnet publish "$root/src/RepoPortal.Server" -c Release -o "$app" || die "The server did not build."
        chmod -R go+rX "$app"
        mv "$stamp.new" "$stamp"
    fi
    exec 9>&-
}

# service_account: as root, makes the system user that everything runs as.
service_account() {
    [ "$(id -u)" -eq 0 ] || return 0
    id -u "$service_user" >/dev/null 2>&1 || {
        say "Making the system user $service_user …"
        useradd --system --user-group --home-dir /nonexistent --no-create-home --shell /usr/sbin/nologin "$service_user"
    }
}

# as_service COMMAND...: replaces this shell by the command, as the system user when we are root.
as_service() {
    if [ "$(id -u)" -ne 0 ]; then exec "$@"; fi
    exec setpriv --reuid="$service_user" --regid="$service_user" --init-groups \
        env HOME=/nonexistent DOTNET_CLI_HOME=/tmp LOGNAME="$service_user" USER="$service_user" "$@"
}

# let_through PATH: as root, lets the system user pass through the directories above PATH (search permission only, for that user only), such as a private
# temporary directory that holds the checkout or the data.
let_through() {
    [ "$(id -u)" -eq 0 ] || return 0
    local directory
    directory=$(dirname "$1")
    while [ "$directory" != / ]; do
        if ! setpriv --reuid="$service_user" --regid="$service_user" --init-groups test -x "$directory"; then
            install acl
            setfacl -m "u:$service_user:--x" "$directory" || die "The user $service_user cannot reach $1: $directory is closed to it."
        fi
        directory=$(dirname "$directory")
    done
}

# give_data DIR: makes the data directory and, as root, gives it to the system user.
give_data() {
    mkdir -p "$1"
    if [ "$(id -u)" -eq 0 ]; then
        let_through "$1"
        # Only what is not theirs already: a large store is not walked file by file at every start.
        [ "$(stat -c %U "$1")" = "$service_user" ] || chown -R "$service_user:$service_user" "$1"
    fi
    chmod 0750 "$1"
}

# data_argument ARGS...: prints the value of --data among the arguments, else the default, as an absolute path.
data_argument() {
    local data="${RepoPortal__DataDirectory:-$root/data}"
    while [ $# -gt 0 ]; do
        case "$1" in
            --data) [ $# -gt 1 ] || die "--data needs a directory."; data=$2; shift ;;
            --data=*) data=${1#--data=} ;;
        esac
        shift
    done
    realpath -m "$data"
}

# without_data ARGS...: sets $arguments to the arguments without --data, which is handed on as an absolute path instead.
without_data() {
    arguments=()
    while [ $# -gt 0 ]; do
        case "$1" in
            --data) shift ;;
            --data=*) ;;
            *) arguments+=("$1") ;;
        esac
        shift
    done
}

# prepare: everything that has to be there before the product can run.
prepare() {
    install "${runtime_packages[@]}" "${build_packages[@]}"
    service_account
    publish_app
    let_through "$app/repoportal"
}
