# Everything is checked, from the blocks alone.
$ set -o pipefail
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ for name in alice dr-bob; do keygen $name --quiet --format text; done
did:key:z6MkkS3uM4LMA7LnFD85pfiE76GgszGcUhTRmgiLNNjQWq5c
did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL
$ enroll-identity dr-bob --role clinician -k mercy | jq -r .type
identity.enroll
$ echo '{"resourceType":"Observation"}' | put-record --patient alice -k mercy - | jq -r .type
record.put
$ mine --format text | head -1
block  sealed  5e29cbc5a636c6ec3f2a446dae18bdd782c6b1f5ec5ad76ce932f1ba2421699a
$ grant --to dr-bob --scope patient/Observation.rs -k alice | jq -r .type
access.grant
$ mine --format text | head -1
block  sealed  13e2cc26516fd8f3e5f1fe8ec1520538ac5cd06d825b2c3fd632c109a88cc31b
$ verify-chain --format text
ledger      3c462f96c0ca78039d809c05e06327f151dc7f3b0b1cef350fcb696a1e75926b
name        mercy
head        2:13e2cc26516fd8f3e5f1fe8ec1520538ac5cd06d825b2c3fd632c109a88cc31b
            2023-11-14T22:22:20Z
checked     3 blocks, 3 transactions, 3 operations
  frame                3  segments, frames and checksums
  encoding             3  one encoding for one meaning
  links                3  heights, previous hashes, history root
  work                 3  proof of work against the target the rules demand
  time                 3  header times
  sealer               3  sealers permitted at their height
  seal                 2  sealers' signatures
  merkle               3  transactions roots
  signature            3  transactions' signatures
  permission           3  signers permitted, every operation replayed
  state                3  state digests
  index               16  index equals chain
sound
$ verify-chain --vault | jq -c '{type, height, data: (.data | {decision, blocks, transactions, faults})}'
{"type":"verification","height":2,"data":{"decision":"sound","blocks":3,"transactions":3,"faults":[]}}
$ cat mercy/blocks/*.blk | verify-chain - --format text | tail -1
sound
$ pin=$(show-chain --head | jq -r .data.pin)
$ mkdir copy
$ cp -r mercy/blocks copy
$ chmod -R a-w copy
$ verify-chain -L copy --expect $pin --from $pin --format text | tail -1
sound
$ chmod -R u+w copy

# One bit in a transaction.
$ flip() { local byte; byte=$(od -An -tu1 -j $2 -N 1 $1); printf "\\x$(printf %x $((byte ^ 1)))" | dd of=$1 bs=1 seek=$2 conv=notrunc status=none; }
$ size=$(stat -c %s copy/blocks/000000.blk)
$ flip copy/blocks/000000.blk $((size - 9))
$ verify-chain -L copy --format text | grep -A1 FAULT
FAULT       block 2, segment 0, byte 1643, transaction 0 (67ef017adfb2b1d4b9fb5483d6915e928a99f4b77ebaf6dcc791de3975a96f35): frame: the checksum is wrong, and its signature does not hold
faulty
[1]
$ verify-chain -L copy | jq -c '.data.faults[]'
{"layer":"frame","segment":0,"offset":1643,"height":2,"transaction":0,"tx":"67ef017adfb2b1d4b9fb5483d6915e928a99f4b77ebaf6dcc791de3975a96f35","reason":"the checksum is wrong, and its signature does not hold"}
[1]
$ flip copy/blocks/000000.blk $((size - 400))
$ verify-chain -L copy --all --format text | grep FAULT
FAULT       block 2, segment 0, byte 1643, transaction 0 (67ef017adfb2b1d4b9fb5483d6915e928a99f4b77ebaf6dcc791de3975a96f35): frame: the checksum is wrong, and its signature does not hold
[1]

# A tail cut off: only who wrote down a pin can know.
$ rm -r copy
$ mkdir copy
$ cp -r mercy/blocks copy
$ truncate -s -100 copy/blocks/000000.blk
$ verify-chain -L copy --format text | tail -2
UNCLEAR     the last frame, at byte 1643 of segment 0, is unfinished: the frame ends early
not certain
[3]
$ verify-chain -L copy --expect $pin --format text | tail -3
FAULT       block 2: pin: the chain ends at block 1, the pin names block 2
UNCLEAR     the last frame, at byte 1643 of segment 0, is unfinished: the frame ends early
faulty
[1]

# An object of the vault is gone.
$ rm mercy/vault/objects/*/*
$ verify-chain --vault --format text | tail -2
FAULT       block 1 (b3e631a360f85beabd65c5f38e12572881055eb7d0870a6d70f876dbc18df4e4): vault: record b3e631a360f85beabd65c5f38e12572881055eb7d0870a6d70f876dbc18df4e4.0: its object is missing from the vault
faulty
[1]

# 2 and 3.
$ verify-chain --expect 12
verify-chain: error: --expect '12' is not a pin
verify-chain: hint: HEIGHT:HASH, as show-chain --head prints it
[2]
$ verify-chain - --vault < /dev/null
verify-chain: error: --vault needs the ledger directory, not stdin
[2]
$ verify-chain - < /dev/null
verify-chain: error: there are no blocks
[3]
$ verify-chain -L nowhere
verify-chain: error: there is no ledger in 'nowhere'
verify-chain: hint: carechain init-ledger --solo -L nowhere
[3]
$ unset CARECHAIN_LEDGER
$ verify-chain
verify-chain: error: -L/--ledger is missing
verify-chain: hint: verify-chain -L DIR, or segments on stdin: verify-chain -
[2]
