# shellcheck shell=sh disable=SC2034 # what it sets is used by those who source it
# Sourced by mvnw and bin/dataplane (POSIX sh). Defines find_jdk, which sets JDK_HOME and
# JDK_VERSION to a JDK of version JDK_MIN or newer, or explains on stderr what to install and returns 1.
#
# It reads the `release` file that every JDK carries instead of asking `java -version`, since starting
# a JVM only to learn its version would cost more than bin/dataplane takes to start.
#
# DATAPLANE_JDK_DIRS, folders separated by colons, replaces the usual places where JDKs are looked for.

JDK_MIN=25

# read_jdk HOME: sets major to the feature version of the JDK in HOME, 0 where there is none, and
# version to the whole of it (25.0.3).
read_jdk() {
  major=0
  version=
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
  if [ -r "$1/release" ]; then
    while IFS= read -r release_line || [ -n "$release_line" ]; do
      case $release_line in
        JAVA_VERSION=*)
          version=${release_line#JAVA_VERSION=}
          version=${version#\"}
          version=${version%\"}
          break
          ;;
      esac
    done <"$1/release"
  else
    version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p' | head -n 1)
  fi
  major=${version%%[!0-9]*}
  major=${major:-0}
}

# java_home_of_path: sets path_home to the home of the `java` on PATH; empty where it cannot be told.
java_home_of_path() {
  path_home=
  path_java=$(command -v java 2>/dev/null) || return 0
  path_java=$(readlink -f "$path_java" 2>/dev/null || printf '%s' "$path_java")
  path_home=${path_java%/bin/java}
  # A shim (jenv, asdf) or the stub of macOS is not inside its JDK: only the JVM itself can tell.
  if [ ! -r "$path_home/release" ]; then
    path_home=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
  fi
}

# consider_jdk HOME: keeps HOME in JDK_HOME when it is new enough and older than the one found so far.
# The oldest that will do is the one the project is tested with; a newer one may warn or forbid more.
consider_jdk() {
  read_jdk "$1"
  if [ "$major" -ge "$JDK_MIN" ] && { [ -z "$JDK_HOME" ] || [ "$major" -lt "$jdk_found_major" ]; }; then
    JDK_HOME=$1
    JDK_VERSION=$version
    jdk_found_major=$major
  fi
}

find_jdk() {
  JDK_HOME=
  if [ -n "${JAVA_HOME:-}" ]; then
    consider_jdk "$JAVA_HOME"
    [ -z "$JDK_HOME" ] || return 0
  fi
  java_home_of_path
  if [ -n "$path_home" ]; then
    consider_jdk "$path_home"
    [ -z "$JDK_HOME" ] || return 0
  fi

  if [ -n "${DATAPLANE_JDK_DIRS+set}" ]; then
    saved_ifs=$IFS
    IFS=:
    for jdk_dir in $DATAPLANE_JDK_DIRS; do
      for jdk in "$jdk_dir"/*; do consider_jdk "$jdk"; done
    done
    IFS=$saved_ifs
  else
    for jdk in /usr/lib/jvm/* /usr/java/* /opt/java* /opt/java/* /opt/jdk* \
      "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
      /Library/Java/JavaVirtualMachines/*/Contents/Home \
      /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
      consider_jdk "$jdk"
    done
    if [ -z "$JDK_HOME" ] && [ -x /usr/libexec/java_home ]; then
      jdk=$(/usr/libexec/java_home -F -v "$JDK_MIN+" 2>/dev/null) && consider_jdk "$jdk"
    fi
  fi
  [ -z "$JDK_HOME" ] || return 0

  cat >&2 <<EOF
dataplane needs a JDK $JDK_MIN or newer. None is in JAVA_HOME${JAVA_HOME:+ ($JAVA_HOME)}, on PATH or in the usual places.
Install one:
  Debian, Ubuntu   apt install openjdk-$JDK_MIN-jdk-headless
  Fedora           dnf install java-$JDK_MIN-openjdk-devel
  macOS            brew install openjdk@$JDK_MIN
  SDKMAN           sdk install java $JDK_MIN-tem
A release too old to have that package: unpack Eclipse Temurin $JDK_MIN (adoptium.net) into /opt/jdk-$JDK_MIN.
If one is installed elsewhere: export JAVA_HOME=/path/to/it
EOF
  return 1
}
