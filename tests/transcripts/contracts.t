# Contract documents are checked and tried before they bind anybody.
$ cp -r "$EXAMPLES/../contracts" .
$ check-contract contracts/example-hdhp.yaml
$ echo '{"claim":{"use":"claim","emergency":false},"line":{"code":"27447","charge":3000000,"units":1,"authorised":false},"provider":{"in_network":true}}' > knee.json
$ check-contract contracts/example-ppo.yaml --input knee.json --explain --format text
$ check-contract contracts/example-ppo.yaml --input - --quiet < knee.json | jq -c .data
$ sed 's/line.code in cosmetic/line.cod in cosmetic/' contracts/example-ppo.yaml > contracts/typo.yaml
$ check-contract contracts/typo.yaml
$ sed 's/outcome: pay, copay: 0/outcome: pay, copay: 1/' contracts/example-hdhp.yaml > contracts/failing.yaml
$ check-contract contracts/failing.yaml
$ echo '99215,1,more' >> contracts/fees.csv
$ check-contract contracts/example-ppo.yaml
$ check-contract
$ check-contract nowhere.yaml
$ echo '{"lin":{}}' | check-contract contracts/example-ppo.yaml --input -

# On the chain a name belongs to who deployed it first, and a version only follows a smaller one.
$ cp "$EXAMPLES/../contracts/fees.csv" contracts/fees.csv
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
$ deploy-contract contracts/example-ppo.yaml -k mercy | jq -r .status
$ deploy-contract contracts/example-ppo.yaml -k mercy
$ mine | jq -r .type
$ sed 's/^version: 1/version: 2/; s/deductible: 150000/deductible: 200000/' contracts/example-ppo.yaml > contracts/v2.yaml
$ deploy-contract contracts/v2.yaml --from 5 -k mercy | jq -c '[.data.version, .data.from]'
$ keygen other --quiet | jq -r .type
$ deploy-contract contracts/v2.yaml -k other
$ mine | jq -r .type
$ list contracts --format text
$ list contracts | jq -c '.data.versions | map([.version, .from])'
$ deploy-contract contracts/typo.yaml -k mercy
$ deploy-contract contracts/v2.yaml -k mercy -L nowhere
$ deploy-contract
$ list effects
