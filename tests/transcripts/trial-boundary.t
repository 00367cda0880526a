# The table of a safety rule: the same on every machine, and whether so many are still within.
$ trial-boundary --method pocock --subjects 30 --rate 1/5 --alpha 1/20 --format text
from subjects  stop at affected
            3                 3
            4                 4
            7                 5
            9                 6
           12                 7
           15                 8
           19                 9
           22                10
           25                11
           29                12
error at each look 0.017331
a trial at the acceptable rate is ever stopped with probability 0.049501
$ trial-boundary --method beta-binomial --prior 1,4 --subjects 30 --rate 0.2 --certainty 0.95 | jq -c '.data | {limits, stops_at_acceptable_rate}'
{"limits":[0,0,3,4,4,4,5,5,5,5,6,6,6,7,7,7,7,8,8,8,8,9,9,9,9,10,10,10,11,11],"stops_at_acceptable_rate":"0.097013"}
$ trial-boundary --method spending --looks 10,20,30 --power 2 --subjects 30 --rate 1/5 --alpha 0.05 | jq -c '.data.limits | [.[9], .[19], .[29]]'
[7,9,11]
$ trial-boundary --method binomial --subjects 20 --rate 1/5 --alpha 1/20 --exposed 20 --affected 7 | jq -r .data.decision
within
$ trial-boundary --method binomial --subjects 20 --rate 1/5 --alpha 1/20 --exposed 20 --affected 8 | jq -r .data.decision
stop
$ trial-boundary --method binomial --subjects 20 --rate 1/5 --alpha 1/20 --exposed 20 --affected 8 --format text | tail -1
the boundary is reached: stop
$ trial-boundary --method binomial --subjects 20 --rate 1/5 --alpha 1/20 --exposed 20 --affected 8 > /dev/null
[1]

# By exposure: events in person-years, acceptable one in two of them. Two arms: 9 of 11 events in one of them.
$ trial-boundary --method poisson --subjects 12 --rate 1/2 --alpha 1/20 --format text
from units  stop at events
         1               3
         2               4
         3               5
         4               6
         6               7
         7               8
         8               9
        10              10
        11              11
$ trial-boundary --method gamma-poisson --prior 1,2 --subjects 12 --rate 1/2 --certainty 0.94 | jq -c '.data | [.limits[-1], .stops_at_acceptable_rate]'
[11,null]
$ trial-boundary --method poisson --subjects 12 --rate 1/2 --alpha 1/20 --exposed 12 --affected 11 | jq -r .data.decision
stop
$ trial-boundary --method binomial --subjects 11 --rate 1/2 --alpha 1/20 | jq -c '.data.limits[-1]'
9

# 2: a rule that makes no sense. 3: the table can't be written.
$ trial-boundary --method binomial --subjects 20 --rate 7/5 --alpha 1/20
trial-boundary: error: --rate: '7/5' is not a rate between 0 and 1
trial-boundary: hint: write 1/5, or 0.2
[2]
$ trial-boundary --method spending --subjects 20 --rate 1/5 --alpha 1/20 --looks 10
trial-boundary: error: looks are rising numbers of subjects, the last one is all of them
[2]
$ trial-boundary --method poc --subjects 20 --rate 1/5
trial-boundary: error: --method: 'poc' is none of binomial,beta-binomial,pocock,spending,poisson,gamma-poisson
[2]
$ trial-boundary --method binomial --subjects 2000 --rate 1/5 --alpha 1/20
trial-boundary: error: --subjects: '2000' is not a whole number from 1 to 1000
[2]
$ trial-boundary --method binomial --subjects 20 --rate 1/5 --alpha 1/20 > /dev/full
trial-boundary: error: cannot write to standard output: No space left on device
[3]
