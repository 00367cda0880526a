# Everything is checked, from the blocks alone.
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
block  sealed  670c70ca5a6ff94455b0607379972bfbdad2b1b47a8650542c05b2998ddcc252
$ grant --to dr-bob --scope patient/Observation.rs -k alice | jq -r .type
access.grant
$ mine --format text | head -1
block  sealed  43dd81d234a0491d6411d6881e15fbb67991166874b72a365ea4958f0a2860f1
$ verify-chain --format text
ledger      4054676ed51dd31a3dfd5da653f840a070eec0627a1bdd33b746bcc291529040
name        mercy
head        2:43dd81d234a0491d6411d6881e15fbb67991166874b72a365ea4958f0a2860f1
            2023-11-14T22:21:20Z
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
$ verify-chain -L copy | jq -c '.data.faults[]'
$ flip copy/blocks/000000.blk $((size - 400))
$ verify-chain -L copy --all --format text | grep FAULT

# A tail cut off: only who wrote down a pin can know.
$ rm -r copy
$ mkdir copy
$ cp -r mercy/blocks copy
$ truncate -s -100 copy/blocks/000000.blk
$ verify-chain -L copy --format text | tail -2
$ verify-chain -L copy
$ verify-chain -L copy --expect $pin --format text | tail -3
$ verify-chain -L copy --expect $pin --quiet > /dev/null

# An object of the vault is gone.
$ rm mercy/vault/objects/*/*
$ verify-chain --vault --format text | tail -2
FAULT       block 1, segment 0, byte 0 (19ba8b6ff2e6dfba07cbad4741bba2416d501208ecbd9771e86b043b1511583d): vault: record 19ba8b6ff2e6dfba07cbad4741bba2416d501208ecbd9771e86b043b1511583d.0: its object is missing from the vault
faulty

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
