# What was scanned in a stock room, beside what the ledger says is there.
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
$ move-drug --step packing '(01)00300010123455(21)12' --into '(00)403000112345678901' -k acme | jq -r .type
drug.event
$ mine --format text | head -1 | cut -c1-13
block  sealed
$ printf '%s\n' '(01)00300010123455(21)11' '(00)403000112345678901' > scans
$ reconcile-stock scans --at 0300011111116 --format text
thing  finding
$ reconcile-stock scans --at 0300011111116 --all --format text
thing                    finding
01/00300010123455/21/11  fine
00/403000112345678901    fine
$ printf '%s\n' '(01)00300010123455(21)11' '(01)00300010123455(21)99' > scans
$ reconcile-stock scans --at 0300011111116 | jq -c '[.data.thing, .reason]'
["01/00300010123455/21/99","product without data"]
["01/00300010123455/21/12","data without product"]
$ reconcile-stock scans --at 0300011111116 --format text
thing                    finding
01/00300010123455/21/99  product without data
01/00300010123455/21/12  data without product
[1]
$ reconcile-stock scans --at 0399999999991 --format text
thing                    finding
01/00300010123455/21/11  held by another       0300011111116
01/00300010123455/21/99  product without data
[1]
$ echo nonsense | reconcile-stock - --at 0300011111116
reconcile-stock: error: 'nons' begins with no known application identifier
[1]

# A command line that makes no sense: 2. Could not find out: 3.
$ reconcile-stock scans --at 1
reconcile-stock: error: '1' is no GLN: 13 digits with their check digit
[2]
$ reconcile-stock scans
reconcile-stock: error: --at is required
reconcile-stock: hint: see reconcile-stock --help
[2]
$ reconcile-stock nowhere --at 0300011111116
reconcile-stock: error: cannot open nowhere: No such file or directory
[3]
$ reconcile-stock scans --at 0300011111116 -L nowhere
reconcile-stock: error: there is no ledger in 'nowhere'
reconcile-stock: hint: carechain init-ledger --solo -L nowhere
[3]
