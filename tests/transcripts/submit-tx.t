# Signed on a machine that holds a key, queued on one that holds the ledger.
$ set -o pipefail
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ for name in alice dr-bob dr-eve; do keygen $name --quiet --format text; done
did:key:z6MkkS3uM4LMA7LnFD85pfiE76GgszGcUhTRmgiLNNjQWq5c
did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL
did:key:z6MkiYyApubE489z7if1X7taGfnQL7shv53PtBrJBwLy2VrS
$ enroll-identity dr-bob --role clinician -k mercy --offline > lines
$ enroll-identity dr-eve --role clinician -k mercy --offline >> lines
$ list pending --format text
transaction  what  operations  signer
$ submit-tx < lines | jq -c '{type, status, name: .data.name}'
{"type":"identity.enroll","status":"pending","name":"dr-bob"}
{"type":"identity.enroll","status":"pending","name":"dr-eve"}
$ list pending --format text
transaction   what             operations  signer
200c4ac918ee  identity.enroll           1  did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL
5f050d5e3101  identity.enroll           1  did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL

# The same again counts once; one that is refused is printed with the reason, and the others go on.
$ submit-tx < lines | jq -c '{type, status, reason}'
{"type":"identity.enroll","status":"pending","reason":null}
{"type":"identity.enroll","status":"pending","reason":null}
$ (head -1 lines; enroll-identity dr-bob --suspend -k mercy --offline; tail -1 lines) > more
$ mine --format text | head -1
block  sealed  30e34388b658866840d61f24828602c91c8a58a49248f1bbe218145d899a7584
$ enroll-identity nobody --role clinician -k alice --offline
enroll-identity: error: there is nobody called 'nobody': neither on the ledger nor among the key files
enroll-identity: hint: give a did:key, or: carechain keygen nobody
[1]
$ enroll-identity alice --name 'Dr. Alice' --role clinician -k dr-bob --offline >> more
$ grant --to dr-bob --scope 'patient/*.rs' --custodian mercy -k alice --offline | jq -c '.data.to = "did:key:z6MkEve"' >> more
$ submit-tx < more | jq -c '{type, status, reason, to: .data.to}'
{"type":"identity.enroll","status":"sealed","reason":null,"to":null}
{"type":"identity.suspend","status":"pending","reason":null,"to":null}
{"type":"identity.enroll","status":"sealed","reason":null,"to":null}
{"type":"identity.enroll","status":"dropped","reason":"only an organisation of the ledger may enrol accounts","to":null}
{"type":"access.grant","status":"pending","reason":null,"to":null}
[1]
$ jq -c '.cose |= .[:-2] + "AA"' lines | submit-tx | jq -c '{type, status, reason}'
{"type":"identity.enroll","status":"dropped","reason":"its signature does not hold on this ledger"}
{"type":"identity.enroll","status":"dropped","reason":"its signature does not hold on this ledger"}
[1]
$ echo '{"cose":"aGVsbG8"}' | submit-tx
submit-tx: error: line 1: CBOR at byte 0: array expected, found text
[1]

# 1: nothing on stdin, no transaction in a line. 2 and 3.
$ submit-tx < /dev/null
submit-tx: error: there is nothing on stdin
submit-tx: hint: grant … --offline | submit-tx -L DIR
[1]
$ echo '{"type":"access.grant"}' | submit-tx
submit-tx: error: line 1: the line has no "cose"
submit-tx: hint: give lines as our programs print them
[1]
$ echo 'hello' | submit-tx
submit-tx: error: line 1: this is not JSON
submit-tx: hint: give lines as our programs print them
[1]

# It ends there: what was printed before is queued, nothing else is.
$ grant --to dr-eve --scope 'patient/Observation.rs' --custodian mercy -k alice --offline > fresh
$ (cat fresh; echo 'hello') | submit-tx
submit-tx: error: line 2: this is not JSON
submit-tx: hint: give lines as our programs print them
[1]
$ list pending --format text | grep -c $(jq -r '.tx[:12]' fresh)
0
[1]
$ (yes "$(cat fresh)" | head -6000; echo 'hello') | submit-tx > printed
submit-tx: error: line 6001: this is not JSON
submit-tx: hint: give lines as our programs print them
[1]
$ jq -r .status printed | sort -u
pending
$ list pending --format text | grep -c $(jq -r '.tx[:12]' fresh)
1

$ submit-tx lines
submit-tx: error: unexpected operand 'lines'
submit-tx: hint: see submit-tx --help
[2]
$ submit-tx --threads 0 < lines
submit-tx: error: --threads: '0' is not a whole number from 1 to 1024
[2]
$ submit-tx -L nowhere < lines
submit-tx: error: there is no ledger in 'nowhere'
submit-tx: hint: carechain init-ledger --solo -L nowhere
[3]
$ submit-tx < lines > /dev/full
submit-tx: error: cannot write to standard output: No space left on device
[3]
