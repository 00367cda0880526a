# The table of a safety rule: the same on every machine, and whether so many are still within.
$ trial-boundary --method pocock --subjects 30 --rate 1/5 --alpha 1/20 --format text
$ trial-boundary --method beta-binomial --prior 1,4 --subjects 30 --rate 0.2 --certainty 0.95 | jq -c '.data | {limits, stops_at_acceptable_rate}'
$ trial-boundary --method spending --looks 10,20,30 --power 2 --subjects 30 --rate 1/5 --alpha 0.05 | jq -c '.data.limits | [.[9], .[19], .[29]]'
$ trial-boundary --method binomial --subjects 20 --rate 1/5 --alpha 1/20 --exposed 20 --affected 7 | jq -r .data.decision
$ trial-boundary --method binomial --subjects 20 --rate 1/5 --alpha 1/20 --exposed 20 --affected 8 | jq -r .data.decision
$ trial-boundary --method binomial --subjects 20 --rate 1/5 --alpha 1/20 --exposed 20 --affected 8 --format text | tail -1
$ trial-boundary --method binomial --subjects 20 --rate 1/5 --alpha 1/20 --exposed 20 --affected 8 > /dev/null

# 2: a rule that makes no sense. 3: the table can't be written.
$ trial-boundary --method binomial --subjects 20 --rate 7/5 --alpha 1/20
$ trial-boundary --method spending --subjects 20 --rate 1/5 --alpha 1/20 --looks 10
$ trial-boundary --method poc --subjects 20 --rate 1/5
$ trial-boundary --method binomial --subjects 2000 --rate 1/5 --alpha 1/20
$ trial-boundary --method binomial --subjects 20 --rate 1/5 --alpha 1/20 > /dev/full
