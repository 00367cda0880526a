# Everything is checked, from the blocks alone.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
$ for name in alice dr-bob; do keygen $name --quiet --format text; done
$ enroll-identity dr-bob --role clinician -k mercy | jq -r .type
$ echo '{"resourceType":"Observation"}' | put-record --patient alice -k mercy - | jq -r .type
$ mine --format text | head -1
$ grant --to dr-bob --scope patient/Observation.rs -k alice | jq -r .type
$ mine --format text | head -1
$ verify-chain --format text
$ verify-chain --vault | jq -c '{type, height, data: (.data | {decision, blocks, transactions, faults})}'
$ cat mercy/blocks/*.blk | verify-chain - --format text | tail -1
$ pin=$(show-chain --head | jq -r .data.pin)
$ mkdir copy
$ cp -r mercy/blocks copy
$ chmod -R a-w copy
$ verify-chain -L copy --expect $pin --from $pin --format text | tail -1
$ chmod -R u+w copy

# One bit in a transaction.
$ size=$(stat -c %s copy/blocks/000000.blk)
$ dd if=copy/blocks/000000.blk bs=1 skip=$((size - 9)) count=1 status=none | tr '\000-\177\200-\377' '\200-\377\000-\177' | dd of=copy/blocks/000000.blk bs=1 seek=$((size - 9)) conv=notrunc status=none
$ verify-chain -L copy --format text | grep -A1 FAULT
$ verify-chain -L copy --all | jq -c '.data.faults[] | {layer, height, transaction, reason}'

# A tail cut off: only who wrote down a pin can know.
$ rm -r copy
$ mkdir copy
$ cp -r mercy/blocks copy
$ truncate -s -100 copy/blocks/000000.blk
$ verify-chain -L copy --format text | tail -2
$ verify-chain -L copy --expect $pin --format text | tail -2

# An object of the vault is gone.
$ rm mercy/vault/objects/*/*
$ verify-chain --vault --format text | tail -2

# 2 and 3.
$ verify-chain --expect 12
$ verify-chain - --vault < /dev/null
$ verify-chain - < /dev/null
$ verify-chain -L nowhere
$ unset CARECHAIN_LEDGER
$ verify-chain
