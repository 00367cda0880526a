# The blocks, and what is in them.
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
$ grant --to dr-bob --scope patient/Observation.rs --custodian mercy -k alice | jq -r .type
access.grant
$ grant --to dr-bob --scope patient/Condition.rs --custodian mercy -k alice | jq -r .type
access.grant
$ mine --format text | head -1
block  sealed  36a30e672604176f26a3c5d732a82941928b1e705983f9905d26ec0c3f70be66
$ show-chain --format text
height  time                  transactions  hash
     0  2023-11-14T22:15:20Z             0  4054676ed51dd31a3dfd5da653f840a070eec0627a1bdd33b746bcc291529040
     1  2023-11-14T22:18:20Z             1  6fb68b57fa2d6c90686eef081e36751d201a3a2b70003d9074a719884ee0c87f
     2  2023-11-14T22:21:20Z             2  36a30e672604176f26a3c5d732a82941928b1e705983f9905d26ec0c3f70be66
$ show-chain --head | jq -r .data.pin
2:36a30e672604176f26a3c5d732a82941928b1e705983f9905d26ec0c3f70be66
$ show-chain --from 1 --to 1 | jq -c '{type, height, data}'
{"type":"block","height":1,"data":{"pin":"1:6fb68b57fa2d6c90686eef081e36751d201a3a2b70003d9074a719884ee0c87f","transactions":1,"previous":"4054676ed51dd31a3dfd5da653f840a070eec0627a1bdd33b746bcc291529040","state":"8ae180ef528d0863faee367948a8a785807557b70ca0bfaccc5ea2bdb55ed94d","target":"0x207fffff","nonce":"0"}}
$ show-chain --transactions --format text
identity.enroll  sealed  3fb81be15a7753561bb8afbabe957a93e401a7c798f95e722da04a4ef105f5c3.0
  height   1
  block    6fb68b57fa2d6c90686eef081e36751d201a3a2b70003d9074a719884ee0c87f
  time     2023-11-14T22:17:20Z
  signer   did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL
  ledger   4054676ed51dd31a3dfd5da653f840a070eec0627a1bdd33b746bcc291529040
  account  did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL
  kind     professional
  roles    clinician
  name     dr-bob
access.grant  sealed  bf3638bd08be9b734a7d5781a0877f77c93e2ef003e3ef89bd001f2a2f9572fd.0
  height                           2
  block                            36a30e672604176f26a3c5d732a82941928b1e705983f9905d26ec0c3f70be66
  time                             2023-11-14T22:19:20Z
  signer                           did:key:z6MkrVBkXXMU29JPSHCQfx1KJK6KvCvFCdhQZmEDAzzGt5MD
  ledger                           4054676ed51dd31a3dfd5da653f840a070eec0627a1bdd33b746bcc291529040
  provisions[0].effect             permit
  provisions[0].actors[0].account  did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL
  provisions[0].types              Observation
  provisions[0].purposes           TREAT
access.grant  sealed  86376047ef69b89e592c3feebc7f00cd358f15c0db00c76ac90fb0d0a485d8b8.0
  height                           2
  block                            36a30e672604176f26a3c5d732a82941928b1e705983f9905d26ec0c3f70be66
  time                             2023-11-14T22:20:20Z
  signer                           did:key:z6MkrVBkXXMU29JPSHCQfx1KJK6KvCvFCdhQZmEDAzzGt5MD
  ledger                           4054676ed51dd31a3dfd5da653f840a070eec0627a1bdd33b746bcc291529040
  provisions[0].effect             permit
  provisions[0].actors[0].account  did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL
  provisions[0].types              Condition
  provisions[0].purposes           TREAT
$ show-chain --transactions --operation access.grant | jq -c '{height, type, types: .data.types}'
{"height":2,"type":"access.grant","types":null}
{"height":2,"type":"access.grant","types":null}
$ show-chain --transactions --signer mercy | jq -c '{height, type}'
{"height":1,"type":"identity.enroll"}
$ show-chain --since 2023-11-14T22:18:00Z | jq .height
1
2

# An empty answer is 0. 2 and 3.
$ show-chain --from 7
$ show-chain --transactions --operation access.grnat
$ show-chain --from -1
show-chain: error: --from: '-1' is not a whole number from 0 to 4611686018427387904
[2]
$ show-chain -L nowhere
show-chain: error: there is no ledger in 'nowhere'
show-chain: hint: carechain init-ledger --solo -L nowhere
[3]
$ printf x | dd of=mercy/blocks/000000.blk bs=1 seek=100 conv=notrunc status=none
$ show-chain --format text
show-chain: error: mercy/blocks/000000.blk is damaged at offset 0: the checksum is wrong
[3]
