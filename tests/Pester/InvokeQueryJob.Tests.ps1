Describe 'Invoke-QueryJob' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $server = New-TestServer @{ CrowdCount = 450 }
        $total = [int](Invoke-QueryJob "$Query | count()" -Start 2h)._count
    }
    AfterEach { $server.LiveJobCount | Should -Be 0 -Because 'no job may be left behind' }
    AfterAll { Stop-LogScaleSimulator }

    It 'emits every event once, newest first, by <Strategy>' -ForEach @{ Strategy = 'Auto' }, @{ Strategy = 'Around' }, @{ Strategy = 'Window' } {
        $events = Invoke-QueryJob $Query -Start 2h -Strategy $Strategy -SummaryVariable summary
        $events.Count | Should -Be $total
        @($events.'@id' | Sort-Object -Unique).Count | Should -Be $total
        $times = $events.'@timestamp'
        for ($i = 1; $i -lt $times.Count; $i++) { if ($times[$i] -gt $times[$i - 1]) { throw "event $i is newer than the one before it" } }
        $summary.State | Should -Be Complete
        $summary.Received | Should -Be $total
        $summary.Expected | Should -Be $total
        $summary.Missing | Should -Be 0
    }

    It 'takes queries from the pipeline' {
        $counts = 'count()', "$Query | count()" | Invoke-QueryJob -Start 2h
        $counts._count | Should -Be '4450', "$total"
    }

    It 'takes queries, ranges and repositories from properties' {
        $asked = [pscustomobject]@{ Query = 'count()'; Start = '2h'; End = 'now'; Repository = 'demo' }
        ($asked | Invoke-QueryJob)._count | Should -Be '4450'
    }

    It 'emits events that keep their type data in a runspace without the module' {
        $one = Invoke-QueryJob $Query -Start 2h -First 1
        $shell = [powershell]::Create().AddScript('param($one) @(Get-Module LogScalePaging).Count; $one.TimeCreated').AddArgument($one)
        try { $found = $shell.Invoke() } finally { $shell.Dispose() }
        $found | Should -Be 0, $one.TimeCreated
    }

    It 'leaves no job behind when Select-Object stops the pipeline' {
        @(Invoke-QueryJob $Query -Start 2h -SummaryVariable summary | Select-Object -First 3).Count | Should -Be 3
        $server.LiveJobCount | Should -Be 0
        $summary.State | Should -Be Incomplete
    }

    It 'takes one job when Select-Object needs only the first events' {
        $jobs = $server.JobCount
        $requests = $server.RequestCount
        @(Invoke-QueryJob $Query -Start 2h | Select-Object -First 10).Count | Should -Be 10
        $server.JobCount - $jobs | Should -Be 1
        # It is created, polled once and deleted.
        $server.RequestCount - $requests | Should -Be 3
    }

    It 'fetches no more than -First' {
        $before = $server.JobCount
        @(Invoke-QueryJob $Query -Start 2h -First 7).Count | Should -Be 7
        @(Invoke-QueryJob $Query -Start 2h -First 207 -Strategy Around).Count | Should -Be 207
        $server.JobCount - $before | Should -BeLessThan 10
    }

    It 'gives all objects the same properties with -Property' {
        $events = Invoke-QueryJob '*' -Start 2h -First 300 -Property ComputerName, '@timestamp', NotThere
        $events | ForEach-Object { ($_.psobject.Properties.Name -join ',') | Should -Be 'ComputerName,@timestamp,NotThere' }
        $events[0].'@timestamp' | Should -BeOfType long
        $events[0].NotThere | Should -BeNullOrEmpty
        $events[0].pstypenames[0] | Should -Be 'Selected.LogScalePaging.Event'
    }

    It 'takes -Start as <Name>' -ForEach @(
        @{ Name = 'text'; Start = '2h' }
        @{ Name = 'a time span'; Start = [timespan]::FromHours(2) }
        @{ Name = 'a date'; Start = [datetime]::Now.AddHours(-2) }
        @{ Name = 'a date in UTC'; Start = [datetime]::UtcNow.AddHours(-2) }
        @{ Name = 'a date with offset'; Start = [datetimeoffset]::Now.AddHours(-2) }
        @{ Name = 'epoch milliseconds'; Start = [datetimeoffset]::Now.AddHours(-2).ToUnixTimeMilliseconds() }
        @{ Name = 'a day'; Start = [System.DateOnly]::FromDateTime([datetime]::Now.AddDays(-1)) }
        @{ Name = 'a time span as text'; Start = '02:00:00' }
        @{ Name = 'ISO 8601 in local time'; Start = [datetime]::Now.AddHours(-2).ToString('yyyy-MM-ddTHH:mm:ss') }
        @{ Name = 'ISO 8601'; Start = [datetimeoffset]::Now.AddHours(-2).ToString('o') }
    ) {
        (Invoke-QueryJob 'count()' -Start $Start)._count | Should -Be '4450'
    }

    It 'takes -Start <Typed> as it is typed, which is a number to PowerShell' -ForEach @(
        @{ Typed = '7d' }
        @{ Typed = '30s' }
        @{ Typed = '1y' }
        @{ Typed = '1718000000000'; Is = '2024-06-10T06:13:20.000Z' }
    ) {
        $job = & ([scriptblock]::Create("New-QueryJob 'count()' -Start $Typed"))
        $job.Start | Should -BeExactly ($Is ?? $Typed)
        $job | Stop-QueryJob
    }

    It 'answers -Start <Typed> with <Words>' -ForEach @(
        @{ Typed = "'-24h'"; Words = 'write 24h' }
        @{ Typed = '-24h'; Words = 'write 24h' }
        @{ Typed = '-7d'; Words = 'write 7d' }
        @{ Typed = "'1.2.2026'"; Words = '2026-05-01T08:00:00Z' }
        @{ Typed = "'01/02/2026'"; Words = '2026-05-01T08:00:00Z' }
    ) {
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            { & ([scriptblock]::Create("Invoke-QueryJob '*' -Start $Typed")) } | Should -Throw "*$Words*" -ErrorId 'ParameterArgumentTransformationError,*'
        }
        finally { [cultureinfo]::CurrentCulture = $culture }
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a length of time without its unit'; With = @{ Query = '*'; Start = 24 }; Id = 'ParameterArgumentTransformationError' }
        @{ Name = 'a length of time that has become a number'; With = @{ Query = '*'; Start = 7d }; Id = 'ParameterArgumentTransformationError' }
        @{ Name = 'a time that is none'; With = @{ Query = '*'; Start = 'yesterday-ish' }; Id = 'ParameterArgumentTransformationError' }
        @{ Name = 'a range that runs backwards'; With = @{ Query = '*'; Start = '2026-05-02T00:00:00Z'; End = '2026-05-01T00:00:00Z' }; Id = 'InvalidArgument' }
        @{ Name = 'page size 0'; With = @{ Query = '*'; PageSize = 0 }; Id = 'ParameterArgumentValidationError' }
        @{ Name = 'job timeout 0'; With = @{ Query = '*'; JobTimeoutSec = 0 }; Id = 'ParameterArgumentValidationError' }
        @{ Name = 'a job timeout of more than a day'; With = @{ Query = '*'; JobTimeoutSec = 86401 }; Id = 'ParameterArgumentValidationError' }
        @{ Name = 'no events'; With = @{ Query = '*'; First = 0 }; Id = 'ParameterArgumentValidationError' }
        @{ Name = 'an empty query'; With = @{ Query = '' }; Id = 'ParameterArgumentValidationError' }
        @{ Name = 'a stream onto the pipeline'; With = @{ Query = '*'; Strategy = 'Stream' }; Id = 'ParameterArgumentValidationError' }
        @{ Name = 'a strategy that there is not'; With = @{ Query = '*'; Strategy = 'Guess' }; Id = 'CannotConvertArgumentNoMessage' }
    ) {
        Get-ErrorId { Invoke-QueryJob @With } | Should -Be $Id
    }

    It 'shows the server''s message for an invalid query' {
        $caught = try { Invoke-QueryJob 'foo | bar(' } catch { $_ }
        $caught.FullyQualifiedErrorId | Should -Be 'BadRequest,LogScalePaging.Commands.InvokeQueryJobCommand'
        $caught.CategoryInfo.Category | Should -Be InvalidArgument
        $caught.TargetObject | Should -Be 'foo | bar('
        $caught.Exception.Message | Should -Match 'bar\('
        $caught.Exception.StatusCode | Should -Be 400
    }

    It 'gives up a job that makes no progress, by <Name>' -ForEach @(
        @{ Name = 'a search'; Script = { Invoke-QueryJob $Query -Start 2h -JobTimeoutSec 1 -NoVerify }; Command = 'InvokeQueryJobCommand' }
        @{ Name = 'a page'; Script = { $job | Get-QueryJobPage -JobTimeoutSec 1 }; Command = 'GetQueryJobPageCommand' }
    ) {
        $job = New-QueryJob $Query -Start 2h
        $server.AddFault('NotDone', 'Poll', 0, 1000000)
        try {
            $caught = try { & $Script } catch { $_ }
            $caught.FullyQualifiedErrorId | Should -Be "QueryJobTimeout,LogScalePaging.Commands.$Command"
            $caught.CategoryInfo.Category | Should -Be OperationTimeout
        }
        finally {
            $server.ClearFaults()
            $job | Stop-QueryJob
        }
    }

    It 'passes arguments, whatever their type' {
        $name = (Invoke-QueryJob $Query -Start 2h -First 1).ComputerName
        @(Invoke-QueryJob 'ComputerName=?host' -Start 2h -Argument ([pscustomobject]@{ host = $name }) -First 5).ComputerName | Select-Object -Unique | Should -Be $name
        $events = Invoke-QueryJob 'ComputerName=?host' -Start 2h -Argument @{ host = $name } -First 5
        $events.ComputerName | Sort-Object -Unique | Should -Be $name
    }

    It 'emits the rows of an aggregate in their order' {
        $rows = Invoke-QueryJob 'groupBy(ComputerName)' -Start 2h -SummaryVariable summary
        $rows[0].pstypenames[0] | Should -Be 'LogScalePaging.Row'
        ($rows._count | Measure-Object -Sum).Sum | Should -Be 4450
        $summary.State | Should -Be Complete
    }

    It 'says what it does in the verbose stream' {
        $said = Invoke-QueryJob 'count()' -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        $said -join "`n" | Should -Match 'POST .*queryjobs'
        $said[-1].Message + $said[-2].Message + $said[-3].Message | Should -Match 'Complete'
    }

    It 'reports a search that broke off with its numbers, and keeps the received events' {
        $server.AddFault('500', 'Poll', 0, 1000)
        $null = $server | Connect-LogScale -MaxRetryCount 0
        try {
            Get-ErrorId { Invoke-QueryJob $Query -Start 2h } | Should -Be ServerError
            $server.ClearFaults()
            $failing = { $script:seen = 0; Invoke-QueryJob $Query -Start 2h -Strategy Around -SummaryVariable global:broken | ForEach-Object { if (++$script:seen -eq 250) { $server.AddFault('500', 'Poll', 0, 1000) } } }
            $caught = try { & $failing } catch { $_ }
            $caught.FullyQualifiedErrorId | Should -BeLike 'QueryJobIncomplete,*'
            $caught.TargetObject.State | Should -Be Incomplete
            $caught.TargetObject.Received | Should -Be $script:seen
            $caught.TargetObject.Checkpoint | Should -Match 'Around'
            $script:seen | Should -BeGreaterThan 249
            $global:broken.State | Should -Be Incomplete
        }
        finally {
            $server.ClearFaults()
            $null = $server | Connect-LogScale -MaxRetryCount 3
        }
    }

    It 'counts the events that were passed on when the pipeline stops after <_>' -ForEach 1, 256, 257, 700 {
        @(Invoke-QueryJob $Query -Start 2h -SummaryVariable summary | Select-Object -First $_).Count | Should -Be $_
        $summary.State | Should -Be Incomplete
        $summary.Received | Should -Be $_
        $null = Invoke-QueryJob $Query -Start 2h -AsPage -SummaryVariable summary | Select-Object -First 1 -OutVariable page
        $summary.Received | Should -Be $page[0].Records.Count
    }

    It 'warns when the result is incomplete' {
        $skipping = Invoke-QueryJob $Query -Start 2h -AllowEventSkipping -SummaryVariable summary
        $skipping.Count | Should -Be $total
        $summary.State | Should -Be Unverified
    }

    It 'is Unverified with -NoVerify' {
        $null = Invoke-QueryJob $Query -Start 2h -NoVerify -SummaryVariable summary
        $summary.State | Should -Be Unverified
        $summary.Expected | Should -BeNullOrEmpty
    }

    It 'sets the summary in the scope of the caller' {
        function Get-It { $null = Invoke-QueryJob 'count()' -SummaryVariable inner; $inner.State }
        Get-It | Should -Be Complete
        Get-Variable inner -Scope Local -ErrorAction Ignore | Should -BeNullOrEmpty
    }
}

Describe 'Ctrl+C' {
    BeforeAll { . "$PSScriptRoot/Setup.ps1" }
    AfterEach { Stop-LogScaleSimulator }

    It 'ends <Name> at once and leaves no job' -ForEach @(
        @{ Name = 'a wait for the server'; With = @{ JobDurationMs = 600000; PollAfterMs = 60000 }; Script = { Invoke-QueryJob '*' -Start 2h -Verbose 4>&1 | ForEach-Object { if ("$_" -match 'GET ') { $gate.Set() } } } }
        @{ Name = 'a walk'; With = @{}; Script = { Invoke-QueryJob '*' -Start 2h -PageSize 50 -Strategy Around | ForEach-Object { $gate.Set() } } }
        @{ Name = 'windows'; With = @{}; Script = { Invoke-QueryJob '*' -Start 2h -Strategy Window | ForEach-Object { $gate.Set() } } }
        @{ Name = 'a wait for a job'; With = @{ JobDurationMs = 600000; PollAfterMs = 60000 }; Mine = 1; Script = { New-QueryJob '*' -Start 2h | Wait-QueryJob -Verbose 4>&1 | ForEach-Object { if ("$_" -match 'GET ') { $gate.Set() } } } }
    ) {
        $server = New-TestServer $With
        $gate = [System.Threading.ManualResetEventSlim]::new()
        $shell = New-OtherPowerShell @{ gate = $gate; address = $server.BaseUrl; token = $server.Token }
        try {
            [void]$shell.AddScript('[void](Connect-LogScale $address -Repository demo -Token $token)').Invoke()
            $shell.Commands.Clear()
            $running = $shell.AddScript("$Script").BeginInvoke()
            $gate.Wait($Limit) | Should -BeTrue -Because 'the cmdlet must get under way'
            $stopping = $shell.BeginStop($null, $null)
            $stopping.AsyncWaitHandle.WaitOne($Limit) | Should -BeTrue -Because 'a stop must not hang'
            $running.AsyncWaitHandle.WaitOne($Limit) | Should -BeTrue
            $shell.InvocationStateInfo.State | Should -Be Stopped
            # A job that the user created stays.
            $server.LiveJobCount | Should -Be ([int]$Mine)
        }
        finally {
            $shell.Runspace.Dispose(); $shell.Dispose(); $gate.Dispose()
        }
    }
}
