#!/bin/sh
# Writes the certificates of this folder anew. They are for tests only. All begin in 2020 and end in 2120, except
# expired.pem. Each server file holds the key, then the certificate, then its issuer where the server sends it.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/openssl.cnf" <<CONFIG
[req]
distinguished_name=name
[name]
[authority]
database=$work/index.txt
new_certs_dir=$work
rand_serial=yes
default_md=sha256
policy=any
[any]
commonName=supplied
CONFIG

# file, common name, extensions, last day, then how it is signed
certificate() {
  file=$1 name=$2 extensions=$3 end=$4
  shift 4
  openssl req -config "$work/openssl.cnf" -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$name" \
    -keyout "$work/$file.key" -out "$work/$file.csr"
  printf '%s\n' "$extensions" >"$work/$file.ext"
  : >"$work/index.txt"
  # `openssl ca`, because `openssl x509` takes dates only from OpenSSL 3.4 on.
  openssl ca -batch -config "$work/openssl.cnf" -name authority -in "$work/$file.csr" "$@" -notext \
    -startdate 20200101000000Z -enddate "$end" -extfile "$work/$file.ext" -out "$work/$file.crt"
}
itself() { certificate "$1" "$2" "$3" 21200101000000Z -selfsign -keyfile "$work/$1.key"; }
by() { # authority, file, common name, alternative names, last day
  certificate "$2" "$3" "subjectAltName=$4" "$5" -cert "$work/$1.crt" -keyfile "$work/$1.key"
}

authority='basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign'
itself ca 'Tracekeep test CA' "$authority"
itself splunk-ca SplunkCommonCA "$authority"
itself self-signed splunk.test subjectAltName=DNS:splunk.test
by ca trusted splunk.test DNS:splunk.test,IP:127.0.0.1 21200101000000Z
by ca wrong-host other.test DNS:other.test 21200101000000Z
by ca expired splunk.test DNS:splunk.test 20210203000000Z
by splunk-ca splunk-default SplunkServerDefaultCert DNS:SplunkServerDefaultCert 21200101000000Z

cp "$work/ca.crt" ca.pem
for file in self-signed trusted wrong-host expired; do cat "$work/$file.key" "$work/$file.crt" >$file.pem; done
cat "$work/splunk-default.key" "$work/splunk-default.crt" "$work/splunk-ca.crt" >splunk-default.pem
