# The index holds nothing that the blocks do not.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ for name in alice dr-bob; do keygen $name --quiet --format text; done
did:key:z6MkkS3uM4LMA7LnFD85pfiE76GgszGcUhTRmgiLNNjQWq5c
did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL
$ enroll-identity dr-bob --role clinician -k mercy | jq -r .type
identity.enroll
$ mine --format text | head -1
block  sealed  6fb68b57fa2d6c90686eef081e36751d201a3a2b70003d9074a719884ee0c87f
$ rm -r mercy/index
$ list identities --format text
name    kind          roles                                                                          account                                                   state
dr-bob  professional  clinician                                                                      did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL  in force
mercy   organisation  registrar hospital laboratory pharmacy manufacturer distributor payer sponsor  did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL  in force
$ rebuild-index --format text
index
  height        1
  block         6fb68b57fa2d6c90686eef081e36751d201a3a2b70003d9074a719884ee0c87f
  time          2023-11-14T22:21:20Z
  ledger        4054676ed51dd31a3dfd5da653f840a070eec0627a1bdd33b746bcc291529040
  blocks        2
  transactions  1
$ list identities | jq -r .data.name
dr-bob
mercy
$ rm -r mercy/index
$ grant --to dr-bob --scope 'patient/*.rs' --custodian mercy -k alice | jq -r .status
pending
$ mine --format text | head -1
block  sealed  3afcc15b3b9c4a9178d6f8140c68b1e856ba527659826d8941298171f10ff792
$ verify-chain --format text | tail -1
sound

# Damaged blocks: nothing is changed.
$ cp -r mercy copy
$ printf x | dd of=copy/blocks/000000.blk bs=1 seek=1500 conv=notrunc status=none
$ rebuild-index -L copy
rebuild-index: error: the blocks are damaged, nothing was changed: the checksum is wrong
rebuild-index: hint: carechain verify-chain -L copy
[3]
$ list identities -L copy | jq -r .data.name
dr-bob
mercy

# 2 and 3. Nothing is ever answered with 1.
$ rebuild-index mercy
rebuild-index: error: unexpected operand 'mercy'
rebuild-index: hint: see rebuild-index --help
[2]
$ rebuild-index -L nowhere
rebuild-index: error: there is no ledger in 'nowhere'
[3]
