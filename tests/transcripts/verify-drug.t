# Is a unit what its label says? Answers can be trusted away from the ledger.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
ledger
$ for who in acme wholesaler pharmacy; do keygen $who > /dev/null; done
$ enroll-identity acme --role manufacturer --gln 0300011111116 -k mercy | jq -r .type
identity.enroll
$ enroll-identity wholesaler --role distributor --gln 0399999999991 -k mercy | jq -r .type
identity.enroll
$ for row in '030001 acme' '039999 wholesaler'; do set -- $row; register-product --prefix $1 --holder $2 -k mercy | jq -r .type; done
drug.prefix
drug.prefix
$ register-product 00300010123455 --name Epcistra -k acme | jq -r .type
drug.product
$ move-drug --step commissioning '(01)00300010123455(21)11(10)A123(17)270331' '(01)00300010123455(21)12' -k acme | jq -r .type
drug.event
$ mine --format text | head -1 | cut -c1-13
block  sealed
$ printf '%s\n' '(01)00300010123455(21)11(10)A123' '(01)00300010123455(21)12(17)270331' | verify-drug - -k acme > answers; jq -c '.data | [.thing, .verified]' answers
["01/00300010123455/21/11",true]
["01/00300010123455/21/12",true]
$ verify-drug --check answers --signer acme --format text
01/00300010123455/21/11: verified
01/00300010123455/21/12: verified
$ verify-drug '(01)00300010123455(21)11(10)B(17)280331' -k acme --format text
01/00300010123455/21/11: No_match_GTIN_Serial_Lot_Expiry
[1]
$ verify-drug '(01)00300010123455(21)99' -k acme | jq -c '[.reason, .data.verified]'
["No_match_GTIN_Serial",false]
$ sed 's/...."}$/AAAA"}/' answers | verify-drug --check - --signer acme
verify-drug: error: standard input, line 1: the signature does not hold on this ledger
[1]
$ verify-drug --check answers --signer wholesaler
verify-drug: error: answers, line 1: it was not signed by wholesaler
[1]
$ verify-drug '(01)00300010123455' -k acme
verify-drug: error: '(01)00300010123455' names no single unit: a serial is missing
[1]

# A command line that makes no sense: 2. Could not find out: 3.
$ verify-drug -k acme
verify-drug: error: no unit is named
verify-drug: hint: verify-drug '(01)GTIN(21)SERIAL'
[2]
$ verify-drug '(01)00300010123455(21)11'
verify-drug: error: the key that signs the answers is missing
verify-drug: hint: -k NAME
[2]
$ verify-drug '(01)00300010123455(21)11' -k nobody
verify-drug: error: there is no key 'nobody' in ~/../keys
verify-drug: hint: keygen nobody
[3]
$ verify-drug '(01)00300010123455(21)11' -k acme -L nowhere
verify-drug: error: there is no ledger in 'nowhere'
verify-drug: hint: carechain init-ledger --solo -L nowhere
[3]
