# Signed on a machine that holds a key, queued on one that holds the ledger.
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
694a7aa5f094  identity.enroll           1  did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL
71f9d8c18e60  identity.enroll           1  did:key:z6MkteHNNVFQW485AkG5DDwNNitd4y9jKuCTGhrcCHutV1gL

# The same again counts once; one that is refused is printed with the reason, and the others go on.
$ submit-tx < lines | jq -c '{type, status, reason}'
{"type":"identity.enroll","status":"pending","reason":null}
{"type":"identity.enroll","status":"pending","reason":null}
$ (head -1 lines; enroll-identity dr-bob --suspend -k mercy --offline; tail -1 lines) > more
$ mine --format text | head -1
block  sealed  4a2382c19557bc63baa5e6873bd6150b8c27edaf4502e035afe5ebfde6856bc3
$ enroll-identity nobody --role clinician -k alice --offline
$ enroll-identity alice --name 'Dr. Alice' --role clinician -k dr-bob --offline >> more
{"v":1,"type":"identity.enroll","id":"0c391c277b5d19619a5b780eaa34baa4a96670c1ac910d9a4f80e222e71c489d.0","ids":["0c391c277b5d19619a5b780eaa34baa4a96670c1ac910d9a4f80e222e71c489d.0"],"tx":"0c391c277b5d19619a5b780eaa34baa4a96670c1ac910d9a4f80e222e71c489d","status":"pending","height":null,"block":null,"time":"2023-11-14T22:25:20Z","signer":"did:key:z6MkkS3uM4LMA7LnFD85pfiE76GgszGcUhTRmgiLNNjQWq5c","ledger":"4054676ed51dd31a3dfd5da653f840a070eec0627a1bdd33b746bcc291529040","reason":null,"data":{"account":"did:key:z6MkiYyApubE489z7if1X7taGfnQL7shv53PtBrJBwLy2VrS","kind":"professional","roles":["clinician"],"name":"dr-eve"},"cose":"hFgmogEnBFggWNbPw48igjjtp9pjOfPoyOFOTFlV6Vwcp4T_XGry38OgWJKjY29wc4GCb2lkZW50aXR5LmVucm9sbKRka2luZGxwcm9mZXNzaW9uYWxkbmFtZWZkci1ldmVlcm9sZXOBaWNsaW5pY2lhbmdhY2NvdW50WCA85SbS1QzJ7AQJ28dXwq0siM54Sh1OJarjIYk6qpORK2R0aW1lGmVT89Blbm9uY2VQEFM7ke6ZSGQ_CaXzyCr5C1hAzyhFnG_U-WM3pJPhKM_rwLUctK2CYPYcV5nGBdQoBR5_anfK2tt2qUuvMmafnH-GSwgHUfOZ7deCUfzUhZ8-Dg"}
$ grant --to dr-bob --scope 'patient/*.rs' --custodian mercy -k alice --offline | jq -c '.data.to = "did:key:z6MkEve"' >> more
$ submit-tx < more | jq -c '{type, status, reason, to: .data.to}'
{"type":"identity.enroll","status":"pending","reason":null,"data":{"account":"did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL","kind":"professional","roles":["clinician"],"name":"dr-bob"}}
{"type":"identity.suspend","status":"pending","reason":null,"data":{"account":"did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL","lift":false}}
{"type":"identity.enroll","status":"pending","reason":null,"data":{"account":"did:key:z6MkiYyApubE489z7if1X7taGfnQL7shv53PtBrJBwLy2VrS","kind":"professional","roles":["clinician"],"name":"dr-eve"}}
{"type":"access.grant","status":"pending","reason":null,"data":{"to":"did:key:z6MkkhxmrdSSif7VJxbtqAuSF2LEYjwwwmFC8kTdkKijuiLL","types":["*"],"purposes":["TREAT"]}}
$ jq -c '.cose |= .[:-2] + "AA"' lines | submit-tx | jq -c '{type, status, reason}'
$ echo '{"cose":"aGVsbG8"}' | submit-tx
submit-tx: error: line 1: CBOR at byte 190: byte string of 65 bytes, but 64 are left

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
submit-tx: error: line 1, column 1: syntax error while parsing value - invalid literal
[1]
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
