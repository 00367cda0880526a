# A payer's plan, a member, a provider in the directory; claims come in, the plan decides.
$ export CARECHAIN_LEDGER=mercy
$ init-ledger --solo -L mercy --quiet | jq -r .type
$ keygen alice --quiet | jq -r .type
$ printf 'payer: mercy\nmembers: {Patient/alice: alice}\n' > names.yaml
$ cp -r "$EXAMPLES/../contracts" contracts
$ check-contract contracts/*.yaml
$ deploy-contract contracts/example-ppo.yaml -k mercy | jq -c '[.type, .status, .data.contract, .data.version]'
$ register-provider --npi 1234567893 --set 'name=Bob Healer' --set taxonomy.1=207Q00000X --set network.example-network=in -k mercy | jq -r .type
$ enroll-coverage alice --plan example-ppo --from 2023-01-01 -k mercy | jq -r .type
[1]
$ mine | jq -r .type
$ enroll-coverage alice --plan example-ppo --from 2023-01-01 -k mercy | jq -r .type
$ mine | jq -r .type
$ check-eligibility alice --payer mercy --on 2023-11-06 | jq -c .data
$ submit-claim "$EXAMPLES/claims.ndjson" --map names.yaml -k mercy > sent.jsonl
$ jq -c '[.type, .status, (.ids | length)]' sent.jsonl
$ mine - < sent.jsonl | jq -c '[.status, .height]'
$ show-claim --format text
$ show-claim "$(jq -r '.ids[0]' sent.jsonl)" --format text
$ show-claim "$(jq -r '.ids[2]' sent.jsonl)" --format text
$ list effects --format text

# A person decides what the plan would not.
$ show-claim --state pended | jq -r .id | xargs review-claim --approve -k mercy | jq -c '[.type, .status]'
$ mine | jq -r .type
$ show-claim --format text
$ list effects --since 4 | jq -c '[.data.kind, .data.amount, .data.word]'
$ export-remittance --payer mercy --since 0 | grep -E '^(BPR|CLP|SVC|CAS|SE)'
$ show-claim --fhir eob | jq -c '[.resourceType, .outcome, .payment.amount.value]'

# What was paid is taken back.
$ reverse-claim "$(jq -r '.ids[0]' sent.jsonl)" -k mercy | jq -r .type
$ mine | jq -r .type
$ list effects --since 5 | jq -c '[.data.kind, .data.amount]'
$ check-eligibility alice --payer mercy --on 2023-11-06 | jq -r .data.deductible_left
$ reverse-claim "$(jq -r '.ids[0]' sent.jsonl)" -k mercy
$ verify-chain | tail -1

# 1: an input is rejected, with its place; an eligibility that is not there. 2, 3.
$ echo '{"resourceType":"Claim","status":"active","use":"claim","type":{"coding":[{"code":"oral"}]},"item":[{"sequence":1}]}' > bad.json
$ submit-claim bad.json --payer mercy -k mercy
$ check-eligibility alice --payer mercy --on 2022-01-01
$ show-claim 00000000
$ review-claim
$ submit-claim nowhere.json --payer mercy -k mercy
$ show-claim -L nowhere
