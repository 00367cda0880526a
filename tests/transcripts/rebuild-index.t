# The index holds nothing that the blocks do not.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
$ for name in alice dr-bob; do keygen $name --quiet --format text; done
$ enroll-identity dr-bob --role clinician -k mercy | jq -r .type
$ mine --format text | head -1
$ rm -r mercy/index
$ list identities --format text
$ rebuild-index
$ list identities | jq -r .data.name
$ rm -r mercy/index
$ grant --to dr-bob --scope 'patient/*.rs' --custodian mercy -k alice | jq -r .status
$ mine --format text | head -1
$ verify-chain --format text | tail -1

# Damaged blocks: nothing is changed.
$ cp -r mercy copy
$ printf x | dd of=copy/blocks/000000.blk bs=1 seek=1500 conv=notrunc status=none
$ rebuild-index -L copy
$ list identities -L copy | jq -r .data.name

# 2 and 3. Nothing is ever answered with 1.
$ rebuild-index mercy
$ rebuild-index -L nowhere
