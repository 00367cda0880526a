# Master data: whose prefix is whose, and what the products are.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ keygen acme --format text
did:key:z6MkkLZvBHMsfZCqnTb7Qtn41KQQzmubvFj7G5G4TdVjbFEi
$ keygen other --format text
did:key:z6MkwGEk7dsZ7gzSViaU6heHsTnBAu7xgsGZfbeYBP4q5G51
$ enroll-identity acme --role manufacturer -k mercy | jq -r .type
identity.enroll
$ enroll-identity other --role distributor -k mercy | jq -r .type
identity.enroll
$ register-product --prefix 030001 --holder acme -k mercy | jq -c .data
{"prefix":"030001","holder":"did:key:z6MkkLZvBHMsfZCqnTb7Qtn41KQQzmubvFj7G5G4TdVjbFEi"}
$ register-product 00300010123455 --name Epcistra --ndc 0001-0123-45 --strength '100 mg' --form tablet -k acme --format text
drug.product  pending  547232b587e3e0d4cfd777afef40616260205a341b5764410457a5d72ca0a172.0
  time      2023-11-14T22:21:20Z
  signer    did:key:z6MkkLZvBHMsfZCqnTb7Qtn41KQQzmubvFj7G5G4TdVjbFEi
  ledger    4054676ed51dd31a3dfd5da653f840a070eec0627a1bdd33b746bcc291529040
  gtin      00300010123455
  title     Epcistra
  ndc       0001-0123-45
  strength  100 mg
  form      tablet
$ register-product --ndc 0001-0123-45 --name Epcistra -k acme | jq -r .data.gtin
00300010123455
$ mine --format text | head -1
block  sealed  2ce8813a1a06d5163feed8213d938ad7e4c2f5d744f2da8c715d5daed37ecdd1

# A rule that refuses is an answer: 1.
$ register-product 00300010123455 --name Fake -k other
register-product: error: the GTIN 00300010123455 belongs to another company's prefix
[1]
$ register-product 09521141012340 --name Unknown -k acme
register-product: error: '09521141012340' is no GTIN of 14 digits
[1]
$ register-product 00300010123456 --name Wrong -k acme
register-product: error: '00300010123456' is no GTIN of 14 digits
[1]
$ register-product --prefix 0399999 --holder other -k other
register-product: error: only a registrar registers company prefixes
[1]
$ register-product 00300010123455 --name Epcistra --ndc 0591-0369-01 -k acme
register-product: error: the NDC 0591-0369-01 belongs to the GTIN 00305910369019
[1]

# A command line that makes no sense: 2. Could not find out: 3.
$ register-product 00300010123455 -k acme
register-product: error: the product's name is missing
register-product: hint: --name TEXT
[2]
$ register-product --prefix 030001 -k mercy
register-product: error: --prefix and --holder belong together
[2]
$ register-product 00300010123455 --name Epcistra -k acme -L nowhere
register-product: error: there is no ledger in 'nowhere'
register-product: hint: carechain init-ledger --solo -L nowhere
[3]
