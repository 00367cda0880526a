# The blocks, and what is in them.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
$ for name in alice dr-bob; do keygen $name --quiet --format text; done
$ enroll-identity dr-bob --role clinician -k mercy | jq -r .type
$ mine --format text | head -1
$ grant --to dr-bob --scope patient/Observation.rs --custodian mercy -k alice | jq -r .type
$ grant --to dr-bob --scope patient/Condition.rs --custodian mercy -k alice | jq -r .type
$ mine --format text | head -1
$ show-chain --format text
$ show-chain --head | jq -r .data.pin
$ show-chain --from 1 --to 1 | jq -c '{type, height, data}'
$ show-chain --transactions --format text
$ show-chain --transactions --operation access.grant | jq -c '{height, type, types: .data.types}'
$ show-chain --transactions --signer mercy | jq -c '{height, type}'
$ show-chain --since 2023-11-14T22:18:00Z | jq .height

# An empty answer is 0. 2 and 3.
$ show-chain --from 7
$ show-chain --transactions --operation access.grnat
$ show-chain --from -1
$ show-chain -L nowhere
$ printf x | dd of=mercy/blocks/000000.blk bs=1 seek=100 conv=notrunc status=none
$ show-chain --format text
