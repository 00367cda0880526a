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
block  sealed  3c3d1b9107038e87f4bc45ce1a5e271734c4d9865a86859f5ba86e19316c475f
$ rm -r mercy/index
$ list identities --format text
name    kind          roles                                                                          account                                                   state
dr-bob  professional  clinician                                                                      did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL  in force
mercy   organisation  registrar hospital laboratory pharmacy manufacturer distributor payer sponsor  did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL  in force
$ rebuild-index --format text
index
  height        1
  block         3c3d1b9107038e87f4bc45ce1a5e271734c4d9865a86859f5ba86e19316c475f
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
block  sealed  6e6457fded5394db51f3eb860bd5bcbc0f95e71e758ebcff3387ddd684f1d377
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
