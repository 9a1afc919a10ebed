#!/bin/sh
# Runs the JMH benchmarks of this module: jmh.sh [PATTERN] [JMH's options]. Build first: ./mvnw -q -DskipTests package
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../.mvn/find-jdk.sh"
find_jdk || exit 1
if [ ! -d "$here/target/lib" ]; then
  echo "jmh.sh: not built yet: (cd $here/.. && ./mvnw -q -DskipTests package)" >&2
  exit 1
fi
exec "$JDK_HOME/bin/java" --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED \
  -cp "$here/target/classes:$here/target/lib/*" org.openjdk.jmh.Main "$@"
