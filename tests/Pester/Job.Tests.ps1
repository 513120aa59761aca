Describe 'Query jobs' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $server = New-TestServer
        $total = [int](Invoke-QueryJob "$Query | count()" -Start 2h)._count
    }
    AfterEach { Get-QueryJob | Stop-QueryJob }
    AfterAll { Stop-LogScaleSimulator }

    Context 'New-QueryJob' {
        It 'creates a job that describes itself' {
            $job = New-QueryJob $Query -Start 2h
            $job.Id | Should -Not -BeNullOrEmpty
            $job.Query | Should -Be $Query
            $job.Start | Should -Be 2h
            $job.End | Should -Be now
            $job.Repository | Should -Be demo
            $job.IsLive | Should -BeFalse
            $server.LiveJobCount | Should -Be 1
        }

        It 'creates one for each query of the pipeline, and continues after an invalid one' {
            $jobs = 'count()', 'foo | bar(', '*' | New-QueryJob -Start 2h -ErrorAction SilentlyContinue -ErrorVariable problems
            $jobs.Count | Should -Be 2
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'BadRequest,*'
            $problems[0].TargetObject | Should -Be 'foo | bar('
        }

        It 'does nothing with -WhatIf' {
            New-QueryJob '*' -WhatIf | Should -BeNullOrEmpty
            $server.LiveJobCount | Should -Be 0
        }

        It 'finds what happened around an event' {
            $anchor = (Invoke-QueryJob $Query -Start 2h -First 50)[-1]
            $job = New-QueryJob $Query -Start 2h -Around $anchor -Before 3 -After 2
            $around = $job | Get-QueryJobPage -WarningVariable warnings -WarningAction SilentlyContinue
            $around.Count | Should -Be 5
            @($around.Where({ $_.'@timestamp' -ge $anchor.'@timestamp' })).Count | Should -BeGreaterOrEqual 2
            $warnings | Should -BeNullOrEmpty
            $byId = New-QueryJob $Query -Start 2h -AroundEventId $anchor.'@id' -AroundTimestamp $anchor.'@timestamp' -Before 3 -After 2
            ($byId | Get-QueryJobPage -WarningAction SilentlyContinue).'@id' | Should -Be $around.'@id'
        }

        It 'chooses a range that contains an old event' {
            $oldest = (Invoke-QueryJob $Query -Start 2h)[-1]
            $job = New-QueryJob $Query -Around $oldest -Before 3 -After 2
            $around = @($job | Get-QueryJobPage -WarningAction SilentlyContinue)
            $around | Should -HaveCount 2
            $around.'@timestamp' | ForEach-Object { $_ | Should -BeGreaterOrEqual $oldest.'@timestamp' }
            [datetimeoffset]$job.Start | Should -Be ([datetimeoffset]::FromUnixTimeMilliseconds($oldest.'@timestamp').AddMinutes(-15))
            { New-QueryJob $Query -Start 15m -Around $oldest } | Should -Throw '*outside the range 15m to now*' -ErrorId 'InvalidArgument,*'
            { New-QueryJob $Query -Around $oldest, $oldest } | Should -Throw '*takes one event, and 2 were given*' -ErrorId 'InvalidArgument,*'
            (New-QueryJob $Query -Around @($oldest)).Start | Should -Be $job.Start
        }

        It 'refuses <Name>' -ForEach @(
            @{ Name = 'an anchor without @id'; With = @{ Around = [pscustomobject]@{ '@timestamp' = 1 } }; Id = 'InvalidArgument' }
            @{ Name = 'an anchor without @timestamp'; With = @{ Around = [pscustomobject]@{ '@id' = 'x' } }; Id = 'InvalidArgument' }
            @{ Name = 'a relative time of an anchor'; With = @{ AroundEventId = 'x'; AroundTimestamp = '1h' }; Id = 'InvalidArgument' }
            @{ Name = 'both ways to name an anchor'; With = @{ AroundEventId = 'x'; AroundTimestamp = '1700000000000'; Around = [pscustomobject]@{} }; Id = 'AmbiguousParameterSet' }
            @{ Name = 'a range that runs backwards'; With = @{ Start = '2026-05-02T00:00:00Z'; End = '2026-05-01T00:00:00Z' }; Id = 'InvalidArgument' }
            @{ Name = 'a repository that is not there'; With = @{ Repository = 'nowhere' }; Id = 'NotFound' }
        ) {
            Get-ErrorId { New-QueryJob '*' @With -ErrorAction Stop } | Should -Be $Id
        }
    }

    Context 'Get-QueryJob' {
        It 'shows the jobs of this session, including those that are gone' {
            $jobs = 'count()', '*' | New-QueryJob -Start 2h
            (Get-QueryJob).Id | Should -Be $jobs.Id
            $server.ExpireJobs()
            (Get-QueryJob).State | Should -Be 'Gone', 'Gone'
        }

        It 'shows metadata' {
            $status = New-QueryJob $Query -Start 2h | Get-QueryJob
            $status.State | Should -Be Done
            $status.HasMoreEvents | Should -BeTrue
            $status.EventCount | Should -Be 200
            $status.RangeEnd - $status.RangeStart | Should -Be ([timespan]::FromHours(2))
            $status.Progress | Should -Be 100
        }

        It 'is an error for a job that the server does not know' {
            $caught = try { Get-QueryJob no-such-job -ErrorAction Stop } catch { $_ }
            $caught.FullyQualifiedErrorId | Should -BeLike 'QueryJobLost,*'
            $caught.CategoryInfo.Category | Should -Be ObjectNotFound
        }
    }

    Context 'Wait-QueryJob' {
        It 'waits for several at once' {
            $slow = Start-LogScaleSimulator -EventCount 100 -JobDurationMs 300 -PollAfterMs 20
            $connection = $slow | Connect-LogScale
            try {
                $jobs = 'count()', '*', $Query | New-QueryJob -Start 2h -Connection $connection
                ($jobs | Wait-QueryJob).State | Should -Be 'Done', 'Done', 'Done'
                $jobs | Stop-QueryJob
                $slow.LiveJobCount | Should -Be 0
            }
            finally { $slow | Stop-LogScaleSimulator; $null = $server | Connect-LogScale -MaxRetryCount 3 }
        }

        It 'gives up after -TimeoutSec and leaves the job' {
            $slow = Start-LogScaleSimulator -EventCount 100 -JobDurationMs 600000 -PollAfterMs 50
            $connection = $slow | Connect-LogScale
            try {
                $job = New-QueryJob '*' -Connection $connection
                Get-ErrorId { $job | Wait-QueryJob -TimeoutSec 1 -ErrorAction Stop } | Should -Be QueryJobTimeout
                $slow.LiveJobCount | Should -Be 1
                $job | Stop-QueryJob
            }
            finally { $slow | Stop-LogScaleSimulator; $null = $server | Connect-LogScale -MaxRetryCount 3 }
        }

        It 'refuses a live job' {
            $job = New-QueryJob '*' -Live
            Get-ErrorId { $job | Wait-QueryJob -ErrorAction Stop } | Should -Be InvalidArgument
        }

        It 'gives an error for each lost job, and continues' {
            $good = New-QueryJob '*' -Start 2h
            $states = 'lost-one', $good.Id, 'lost-two' | Wait-QueryJob -ErrorAction SilentlyContinue -ErrorVariable problems
            @($states).Count | Should -Be 1
            $problems.Count | Should -Be 2
        }
    }

    Context 'Get-QueryJobPage' {
        BeforeEach { $job = New-QueryJob $Query -Start 2h }

        It 'reads the buffer and warns that there is more' {
            $events = $job | Get-QueryJobPage -WarningVariable warnings -WarningAction SilentlyContinue
            $events.Count | Should -Be 200
            $warnings.Count | Should -Be 1
            $warnings[0].Message | Should -Match '-All'
        }

        It 'does not warn if all requested rows are there' {
            @($job | Get-QueryJobPage -Limit 20 -WarningVariable warnings).Count | Should -Be 20
            @($job | Get-QueryJobPage -First 20 -WarningVariable +warnings).Count | Should -Be 20
            $warnings | Should -BeNullOrEmpty
        }

        It 'pages by offset, any page size' {
            $all = $job | Get-QueryJobPage -WarningAction SilentlyContinue
            ($job | Get-QueryJobPage -PageSize 7 -WarningAction SilentlyContinue).'@id' | Should -Be $all.'@id'
            ($job | Get-QueryJobPage -Offset 190 -WarningAction SilentlyContinue).'@id' | Should -Be $all[190..199].'@id'
            ($job | Get-QueryJobPage -Offset 10 -Limit 25 -PageSize 10).'@id' | Should -Be $all[10..34].'@id'
            $job | Get-QueryJobPage -Offset 5000 -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        }

        It 'sorts on the server' {
            $names = ($job | Get-QueryJobPage -SortBy ComputerName -SortOrder Ascending -WarningAction SilentlyContinue).ComputerName
            [string]::CompareOrdinal($names[0], $names[-1]) | Should -BeLessThan 0
            $down = ($job | Get-QueryJobPage -SortBy ComputerName -WarningAction SilentlyContinue).ComputerName
            $down[0] | Should -Be $names[-1]
        }

        It 'reads past the buffer with -All, and leaves only the job' {
            $server.LiveJobCount | Should -Be 1
            $events = $job | Get-QueryJobPage -All
            $events.Count | Should -Be $total
            @($events.'@id' | Sort-Object -Unique).Count | Should -Be $total
            $server.LiveJobCount | Should -Be 1
        }

        It 'reads past the buffer of a job with only its id' {
            (Get-QueryJobPage $job.Id -All).Count | Should -Be $total
            $elsewhere = New-OtherPowerShell @{ id = $job.Id; address = $server.BaseUrl; token = $server.Token }
            try {
                $elsewhere.AddScript('[void](Connect-LogScale $address -Repository demo -Token $token); (Get-QueryJobPage -Id $id -All).Count').Invoke()[0] | Should -Be $total
            }
            finally { $elsewhere.Runspace.Dispose(); $elsewhere.Dispose() }
        }

        It 'leaves only the job when Select-Object stops the pipeline' {
            @($job | Get-QueryJobPage -All | Select-Object -First 3).Count | Should -Be 3
            $server.LiveJobCount | Should -Be 1
        }

        It 'emits pages with -AsPage' {
            $pages = $job | Get-QueryJobPage -AsPage -PageSize 60 -WarningAction SilentlyContinue
            $pages.ForEach({ $_.Count }) | Should -Be 60, 60, 60, 20
            $pages.Number | Should -Be 1, 2, 3, 4
            $pages[-1].End | Should -Be BufferEnd
            $pages[0].Total | Should -Be 200
            $pages[0].Events[0].pstypenames[0] | Should -Be LogScalePaging.Event
        }

        It 'takes objects with an id from the pipeline' {
            @([pscustomobject]@{ Id = $job.Id } | Get-QueryJobPage -First 2).Count | Should -Be 2
            @($job | Get-QueryJob | Get-QueryJobPage -First 2).Count | Should -Be 2
            @(Get-QueryJobPage -Job $job.Id -First 2).Count | Should -Be 2
        }

        It 'checks its parameters: <Name>' -ForEach @(
            @{ Name = 'page size 0'; With = @{ PageSize = 0 }; Id = 'ParameterArgumentValidationError' }
            @{ Name = 'a negative offset'; With = @{ Offset = -1 }; Id = 'ParameterArgumentValidationError' }
            @{ Name = '-All with -SortBy'; With = @{ All = $true; SortBy = 'x' }; Id = 'AmbiguousParameterSet' }
        ) {
            Get-ErrorId { $job | Get-QueryJobPage @With -ErrorAction Stop } | Should -Be $Id
        }

        It 'reads the current result of a live job' {
            $live = New-QueryJob $Query -Start 2h -Live
            @($live | Get-QueryJobPage -First 5).Count | Should -Be 5
            ($live | Get-QueryJob).State | Should -Be Live
        }

        It 'says when the job is lost' {
            $server.ExpireJobs()
            Get-ErrorId { $job | Get-QueryJobPage -ErrorAction Stop } | Should -Be QueryJobLost
        }
    }

    Context 'Send-QueryJobHeartbeat' {
        It 'keeps the job alive and emits only with -PassThru' {
            $job = New-QueryJob '*' -Start 2h
            $job | Send-QueryJobHeartbeat | Should -BeNullOrEmpty
            ($job.Id | Send-QueryJobHeartbeat -PassThru).Id | Should -Be $job.Id
            $server.GetRequestLog()[-1] | Should -Match 'onlyHeartbeat=true'
        }

        It 'says when the job is lost' { Get-ErrorId { Send-QueryJobHeartbeat lost -ErrorAction Stop } | Should -Be QueryJobLost }
    }

    Context 'Stop-QueryJob' {
        It 'deletes the jobs and forgets them' {
            $jobs = 'count()', '*' | New-QueryJob
            Stop-QueryJob $jobs
            $server.LiveJobCount | Should -Be 0
            Get-QueryJob | Should -BeNullOrEmpty
        }

        It 'succeeds for a job that is gone' { { Stop-QueryJob gone-already -ErrorAction Stop } | Should -Not -Throw }

        It 'does nothing with -WhatIf' {
            $job = New-QueryJob '*'
            $job | Stop-QueryJob -WhatIf
            $server.LiveJobCount | Should -Be 1
        }

        It 'refuses an object that is not a job' {
            Get-ErrorId { Stop-QueryJob ([datetime]::Now) } | Should -Be CannotConvertArgumentNoMessage
        }
    }
}
