# Throwaway servers for the tests: installed when missing, started on free loopback ports with their data under one
# temporary folder, stopped and deleted at the end. Sourced by test.sh; also usable by hand:
#
#   source eng/servers.sh && servers_begin && start_postgresql && echo "$BRXSYNC_TEST_POSTGRES"; servers_end
#
# A server whose BRXSYNC_TEST_* variable is already set is taken as it is: nothing is installed or started for it.
# shellcheck shell=bash

servers_folder=""
servers_pids=()
servers_policy=""
mariadb_address=""
postgresql_address=""

say() { printf '%s\n' "$*" >&2; }

# --- the temporary folder ---------------------------------------------------------------------------------------------

servers_begin() {
  servers_folder=$(mktemp -d "${TMPDIR:-/tmp}/brxsync-test.XXXXXX")
  # A server's own user must be able to reach its folder below this one, and nothing else in it.
  chmod 711 "$servers_folder"
}

# Stops what was started, in reverse order, and deletes its data. Safe to call twice.
servers_end() {
  local i
  for ((i = ${#servers_pids[@]} - 1; i >= 0; i--)); do
    stop_process "${servers_pids[i]}"
  done
  servers_pids=()
  forbid_service_starts_end
  [ -n "$servers_folder" ] && rm -rf "$servers_folder"
  servers_folder=""
}

# INT is PostgreSQL's fast shutdown; MariaDB and Redis stop on TERM.
stop_process() {
  local pid=$1 i
  kill -INT "$pid" 2>/dev/null || return 0
  for ((i = 0; i < 200; i++)); do
    kill -0 "$pid" 2>/dev/null || return 0
    [ "$i" -eq 20 ] && kill -TERM "$pid" 2>/dev/null
    sleep 0.05
  done
  kill -KILL "$pid" 2>/dev/null
}

# --- installing -------------------------------------------------------------------------------------------------------

# need COMMAND-TEST PACKAGE HINT: installs PACKAGE with apt when the test fails; says what to do where it cannot.
need() {
  local test=$1 package=$2 hint=$3
  eval "$test" >/dev/null 2>&1 && return 0
  if ! can_install; then
    say "Missing: $package. This script installs it only on Debian or Ubuntu, as root or with password-less sudo."
    say "$hint"
    return 1
  fi
  install_package "$package"
  eval "$test" >/dev/null 2>&1 || { say "Installing $package did not help. $hint"; return 1; }
}

can_install() {
  command -v apt-get >/dev/null 2>&1 && { [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null; }
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

install_package() {
  say "Installing $1 ..."
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0)
  forbid_service_starts
  if [ -z "${servers_apt_updated:-}" ]; then
    as_root "${apt[@]}" update >/dev/null || say "The package lists could not be refreshed; trying with what is there."
    servers_apt_updated=1
  fi
  as_root "${apt[@]}" install --no-install-recommends "$1" >/dev/null || say "apt-get could not install $1."
  forbid_service_starts_end
}

# The distribution's packages start their services on installation; a policy file tells them not to.
forbid_service_starts() {
  [ -e /usr/sbin/policy-rc.d ] && return 0
  printf '#!/bin/sh\nexit 101\n' | as_root tee /usr/sbin/policy-rc.d >/dev/null
  as_root chmod 755 /usr/sbin/policy-rc.d
  servers_policy=/usr/sbin/policy-rc.d
}

forbid_service_starts_end() {
  [ -n "$servers_policy" ] && as_root rm -f "$servers_policy"
  servers_policy=""
}

# --- starting ---------------------------------------------------------------------------------------------------------

# server_as USER COMMAND...: as root, runs it as USER (the servers refuse root); otherwise as ourselves. Execs, so that the
# pid of a background call is the server's own.
server_as() {
  local user=$1
  shift
  if [ "$(id -u)" -eq 0 ]; then
    exec setpriv --reuid="$user" --regid="$user" --init-groups --pdeathsig INT -- "$@"
  else
    exec "$@"
  fi
}

server_folder() {
  mkdir -p "$servers_folder/$1"
  [ "$(id -u)" -ne 0 ] || chown "$2" "$servers_folder/$1"
  chmod 700 "$servers_folder/$1"
  printf '%s' "$servers_folder/$1"
}

# A port that nobody listens on, below the range from which clients get theirs.
free_port() {
  local port
  while :; do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { printf '%s' "$port"; return 0; }
  done
}

random_password() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }

# await NAME PID LOG TEST: waits until TEST succeeds; fails when the process ends first or after 60 s.
await() {
  local name=$1 pid=$2 log=$3 test=$4 i
  for ((i = 0; i < 600; i++)); do
    eval "$test" >/dev/null 2>&1 && return 0
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  say "$name did not start:"
  tail -n 20 "$log" >&2 || true
  return 1
}

# The newest PostgreSQL's own folder (Debian keeps it off the path), or nothing.
postgresql_bin() {
  local initdb
  initdb=$( (ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null; command -v initdb) | sort -V | tail -n 1)
  [ -n "$initdb" ] && dirname "$(readlink -f "$initdb")"
}

# PostgreSQL with the settings it comes with (durable commits included), but for the number of connections.
start_postgresql() {
  [ -z "${BRXSYNC_TEST_POSTGRES:-}" ] || return 0
  need postgresql_bin postgresql \
    "Install PostgreSQL 14 or later, or set BRXSYNC_TEST_POSTGRES to the connection string of a role that may create databases, e.g. 'Host=127.0.0.1;Port=5432;Username=postgres;Password=...'." || return 1
  start_postgresql_server postgresql 200 || return 1
  export BRXSYNC_TEST_POSTGRES="$postgresql_address"
}

# start_postgresql_server NAME CONNECTIONS: sets postgresql_address to its connection string.
start_postgresql_server() {
  local name=$1 bin data password
  bin=$(postgresql_bin)
  data=$(server_folder "$name" postgres)
  password=$(random_password)
  printf '%s' "$password" >"$servers_folder/$name.password"
  chmod 644 "$servers_folder/$name.password"
  (cd "$data" && server_as postgres "$bin/initdb" -D "$data/data" -U postgres -E UTF8 --locale=C.UTF-8 -A scram-sha-256 \
    --pwfile="$servers_folder/$name.password") >"$servers_folder/$name-initdb.log" 2>&1 || { cat "$servers_folder/$name-initdb.log" >&2; return 1; }
  rm -f "$servers_folder/$name.password"
  run_postgresql "$name" "$2" "$password"
}

# run_postgresql NAME CONNECTIONS PASSWORD: on the data that are there.
run_postgresql() {
  local name=$1 bin data port pid
  bin=$(postgresql_bin)
  data=$(server_folder "$name" postgres)
  port=$(free_port)
  (cd "$data" && server_as postgres "$bin/postgres" -D "$data/data" -c listen_addresses=127.0.0.1 -c "port=$port" \
    -c unix_socket_directories= -c "max_connections=$2") >"$servers_folder/$name.log" 2>&1 </dev/null &
  pid=$!
  servers_pids+=("$pid")
  await PostgreSQL "$pid" "$servers_folder/$name.log" "\"$bin/pg_isready\" -q -h 127.0.0.1 -p $port" || return 1
  postgresql_address="Host=127.0.0.1;Port=$port;Username=postgres;Password=$3;Database=postgres"
}

# A primary and a standby that streams from it, for a test that pauses, ends and promotes them. Prints their connection strings, the
# primary's first, and stops both when its input ends.
serve_postgresql_pair() {
  trap servers_end EXIT
  servers_begin
  need postgresql_bin postgresql "Install PostgreSQL 14 or later." && start_postgresql_server primary 60 || return 1
  local primary=$postgresql_address bin data password
  bin=$(postgresql_bin)
  data=$(server_folder standby postgres)
  password=$(value_of Password "$primary")
  (cd "$data" && export PGPASSWORD="$password" && server_as postgres "$bin/pg_basebackup" -h 127.0.0.1 -p "$(value_of Port "$primary")" -U postgres \
    -D "$data/data" -R -X stream -c fast) >"$servers_folder/basebackup.log" 2>&1 || { cat "$servers_folder/basebackup.log" >&2; return 1; }
  run_postgresql standby 60 "$password" || return 1
  printf '%s\n' "$primary" "$postgresql_address"
  cat >/dev/null
}

# value_of KEYWORD CONNECTION-STRING
value_of() { tr ';' '\n' <<<"$2" | sed -n "s/^$1=//Ip" | head -n 1; }

# In front of the PostgreSQL of the tests, with a session for one transaction. It answers for every database of that server.
start_pgbouncer() {
  [ -z "${BRXSYNC_TEST_PGBOUNCER:-}" ] || return 0
  need "command -v pgbouncer" pgbouncer \
    "Install PgBouncer, or set BRXSYNC_TEST_PGBOUNCER to the connection string of one with pool_mode = transaction and ignore_startup_parameters = options in front of the server of BRXSYNC_TEST_POSTGRES." || return 1
  local data port pid user password
  data=$(server_folder pgbouncer postgres)
  port=$(free_port)
  user=$(value_of Username "$BRXSYNC_TEST_POSTGRES")
  password=$(value_of Password "$BRXSYNC_TEST_POSTGRES")
  printf '"%s" "%s"\n' "$user" "$password" >"$data/users.txt"
  printf '%s\n' '[databases]' "* = host=$(value_of Host "$BRXSYNC_TEST_POSTGRES") port=$(value_of Port "$BRXSYNC_TEST_POSTGRES")" \
    '[pgbouncer]' listen_addr=127.0.0.1 "listen_port=$port" unix_socket_dir= auth_type=scram-sha-256 "auth_file=$data/users.txt" \
    pool_mode=transaction ignore_startup_parameters=options default_pool_size=10 server_idle_timeout=5 max_client_conn=500 >"$data/pgbouncer.ini"
  [ "$(id -u)" -ne 0 ] || chown postgres "$data/users.txt" "$data/pgbouncer.ini"
  chmod 600 "$data/users.txt"
  (cd "$data" && server_as postgres pgbouncer -q "$data/pgbouncer.ini") >"$servers_folder/pgbouncer.log" 2>&1 </dev/null &
  pid=$!
  servers_pids+=("$pid")
  await PgBouncer "$pid" "$servers_folder/pgbouncer.log" "exec 3<>/dev/tcp/127.0.0.1/$port" || return 1
  export BRXSYNC_TEST_PGBOUNCER="Host=127.0.0.1;Port=$port;Username=$user;Password=$password"
}

# Two of them: one that offers no TLS, and one that takes nothing else, with a certificate that only those trust who are given it.
start_mariadb() {
  [ -z "${BRXSYNC_TEST_MYSQL:-}" ] || [ -z "${BRXSYNC_TEST_MYSQL_TLS:-}" ] || return 0
  need "command -v mariadbd && command -v mariadb-install-db" mariadb-server \
    "Install MariaDB, or set BRXSYNC_TEST_MYSQL to the connection string of a user that may create databases, e.g. 'Server=127.0.0.1;Port=3306;User ID=root;Password=...', and BRXSYNC_TEST_MYSQL_TLS to one on a server with require_secure_transport, e.g. '...;SslMode=VerifyCA;SslCa=FILE'." || return 1
  if [ -z "${BRXSYNC_TEST_MYSQL:-}" ]; then
    start_mariadb_server mariadb --skip-ssl -- --skip-ssl || return 1
    export BRXSYNC_TEST_MYSQL="$mariadb_address;SslMode=None"
  fi
  if [ -z "${BRXSYNC_TEST_MYSQL_TLS:-}" ]; then
    local key certificate
    key="$(server_folder mariadb-tls mysql)/key.pem"
    certificate="$servers_folder/mariadb-tls.pem"
    need "command -v openssl" openssl "Install OpenSSL: it makes the certificate of a MariaDB for the tests." || return 1
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=BrxSync test" -keyout "$key" -out "$certificate" 2>/dev/null || return 1
    chmod 644 "$certificate"
    [ "$(id -u)" -ne 0 ] || chown mysql "$key"
    start_mariadb_server mariadb-tls --ssl-cert="$certificate" --ssl-key="$key" --require-secure-transport=on -- \
      --ssl --skip-ssl-verify-server-cert || return 1
    export BRXSYNC_TEST_MYSQL_TLS="$mariadb_address;SslMode=VerifyCA;SslCa=$certificate"
  fi
}

# start_mariadb_server NAME SERVER-OPTION... -- CLIENT-OPTION...: sets mariadb_address to its connection string, but for TLS.
start_mariadb_server() {
  local name=$1 data port password pid options=()
  shift
  while [ "$1" != -- ]; do options+=("$1"); shift; done
  shift
  data=$(server_folder "$name" mysql)
  password=$(random_password)
  (cd "$data" && server_as mysql mariadb-install-db --no-defaults --datadir="$data/data" --auth-root-authentication-method=normal \
    --skip-test-db) >"$servers_folder/$name-install.log" 2>&1 || { cat "$servers_folder/$name-install.log" >&2; return 1; }
  # One statement a line is what an init file takes.
  printf "%s\n" "create user brxsync@'127.0.0.1' identified by '$password';" "grant all on *.* to brxsync@'127.0.0.1';" "drop user root@localhost;" \
    >"$servers_folder/$name.sql"
  chmod 644 "$servers_folder/$name.sql"
  port=$(free_port)
  (cd "$data" && server_as mysql mariadbd --no-defaults --datadir="$data/data" --bind-address=127.0.0.1 --port="$port" \
    --socket="$data/socket" --pid-file="$data/pid" --init-file="$servers_folder/$name.sql" --skip-name-resolve "${options[@]}") \
    >"$servers_folder/$name.log" 2>&1 </dev/null &
  pid=$!
  servers_pids+=("$pid")
  await MariaDB "$pid" "$servers_folder/$name.log" \
    "mariadb --no-defaults $* -h 127.0.0.1 -P $port -u brxsync -p$password -e 'select 1'" || return 1
  rm -f "$servers_folder/$name.sql"
  mariadb_address="Server=127.0.0.1;Port=$port;User ID=brxsync;Password=$password"
}

start_redis() {
  [ -z "${BRXSYNC_TEST_REDIS:-}" ] || return 0
  need "command -v redis-server" redis-server \
    "Install Redis 6 or later, or set BRXSYNC_TEST_REDIS to the address of one, e.g. '127.0.0.1:6379'." || return 1
  local data port pid
  data=$(server_folder redis redis)
  port=$(free_port)
  (cd "$data" && server_as redis redis-server --bind 127.0.0.1 --port "$port" --dir "$data" --save '' --appendonly no) \
    >"$servers_folder/redis.log" 2>&1 </dev/null &
  pid=$!
  servers_pids+=("$pid")
  await Redis "$pid" "$servers_folder/redis.log" "redis-cli -h 127.0.0.1 -p $port ping | grep -q PONG" || return 1
  export BRXSYNC_TEST_REDIS="127.0.0.1:$port"
}

# A cluster of three primaries without replicas: keys of one token must be in one of them.
start_redis_cluster() {
  [ -z "${BRXSYNC_TEST_REDIS_CLUSTER:-}" ] || return 0
  need "command -v redis-server" redis-server \
    "Install Redis 6 or later, or set BRXSYNC_TEST_REDIS_CLUSTER to the address of a node of a cluster, e.g. '127.0.0.1:7000'." || return 1
  local i data port pid nodes=()
  for i in 1 2 3; do
    data=$(server_folder "redis-cluster-$i" redis)
    port=$(free_port)
    (cd "$data" && server_as redis redis-server --bind 127.0.0.1 --port "$port" --dir "$data" --save '' --appendonly no \
      --cluster-enabled yes --cluster-config-file "$data/nodes.conf") >"$servers_folder/redis-cluster-$i.log" 2>&1 </dev/null &
    pid=$!
    servers_pids+=("$pid")
    nodes+=("127.0.0.1:$port")
    await Redis "$pid" "$servers_folder/redis-cluster-$i.log" "redis-cli -h 127.0.0.1 -p $port ping | grep -q PONG" || return 1
  done
  redis-cli --cluster create "${nodes[@]}" --cluster-replicas 0 --cluster-yes >"$servers_folder/redis-cluster.log" 2>&1 </dev/null ||
    { cat "$servers_folder/redis-cluster.log" >&2; return 1; }
  for i in 0 1 2; do
    port=${nodes[$i]#*:}
    await "The Redis cluster" "$pid" "$servers_folder/redis-cluster.log" \
      "redis-cli -h 127.0.0.1 -p $port cluster info | grep -q cluster_state:ok" || return 1
  done
  export BRXSYNC_TEST_REDIS_CLUSTER="${nodes[0]},${nodes[1]},${nodes[2]}"
}
