# Signed on a machine that holds a key, queued on one that holds the ledger.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
$ for name in alice dr-bob dr-eve; do keygen $name --quiet --format text; done
$ enroll-identity dr-bob --role clinician -k mercy --offline > lines
$ enroll-identity dr-eve --role clinician -k mercy --offline >> lines
$ list pending --format text
$ submit-tx < lines | jq -c '{type, status, name: .data.name}'
$ list pending --format text

# The same again counts once; one that is refused is printed with the reason, and the others go on.
$ submit-tx < lines | jq -c '{type, status, reason}'
$ (head -1 lines; enroll-identity dr-bob --suspend -k mercy --offline; tail -1 lines) > more
$ mine --format text | head -1
$ enroll-identity dr-eve --role clinician -k alice --offline
$ grant --to dr-bob --scope 'patient/*.rs' --custodian mercy -k alice --offline | jq -c '.data.to = "did:key:z6MkEve"' >> more
$ submit-tx < more | jq -c '{type, status, reason, data}'
$ head -c 3000 lines | tr 'A' 'B' | submit-tx | jq -c '{type, status, reason}'

# 1: nothing on stdin, no transaction in a line. 2 and 3.
$ submit-tx < /dev/null
$ echo '{"type":"access.grant"}' | submit-tx
$ echo 'hello' | submit-tx
$ submit-tx lines
$ submit-tx --threads 0 < lines
$ submit-tx -L nowhere < lines
$ submit-tx < lines > /dev/full
