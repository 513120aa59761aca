Describe 'Invoke-QueryJob -Live' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $server = New-TestServer @{ EventRatePerMinute = 60000 }
    }
    AfterEach { $server.ClearFaults(); $server.LiveJobCount | Should -Be 0 }
    AfterAll { Stop-LogScaleSimulator }

    It 'emits new events, each once, more than 200 for each poll' {
        $events = Invoke-QueryJob '*' -Live -PollIntervalSec 1 -TimeoutSec 2 -SummaryVariable summary
        $events.Count | Should -BeGreaterThan 1000
        @($events.'@id' | Select-Object -Unique).Count | Should -Be $events.Count
        $summary.State | Should -Be Complete
        $summary.Received | Should -Be $events.Count
        $summary.Reason | Should -Match '^the count agreed in \d+ polls$'
        $times = $events.TimeCreated
        Compare-Object $times ($times | Sort-Object) -SyncWindow 0 | Should -BeNullOrEmpty
    }

    It 'emits the events since -Start first' {
        $events = Invoke-QueryJob $Query -Live -Start 1h -First 50
        $events.Count | Should -Be 50
        $events[0].TimeCreated | Should -BeGreaterOrEqual $events[-1].TimeCreated
    }

    It 'leaves nothing after Select-Object -First' {
        Invoke-QueryJob '*' -Live -PollIntervalSec 1 | Select-Object -First 3 | Should -HaveCount 3
    }

    It 'follows several queries one after the other, each for -TimeoutSec' {
        $queries = 'all', 'some' | ForEach-Object { [pscustomobject]@{ Name = $_; Query = @{ all = '*'; some = $Query }[$_] } }
        $events = $queries | Invoke-QueryJob -Live -PollIntervalSec 1 -TimeoutSec 1 -SourceProperty Query -SummaryVariable summaries
        $summaries.Name | Should -Be all, some
        $summaries.State | Should -Be Complete, Complete
        $groups = $events | Group-Object SourceQuery
        $groups.Name | Should -Be all, some
        ($summaries.Received | Measure-Object -Sum).Sum | Should -Be $events.Count
        foreach ($group in $groups) { @($group.Group.'@id' | Select-Object -Unique).Count | Should -Be $group.Count }
    }

    It 'leaves nothing after Select-Object -First of several queries' {
        '*', $Query | Invoke-QueryJob -Live -PollIntervalSec 1 | Select-Object -First 3 | Should -HaveCount 3
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'an aggregate'; Run = { Invoke-QueryJob 'groupBy(ComputerName)' -Live }; Text = '*cannot be followed*' }
        @{ Name = '-End'; Run = { Invoke-QueryJob '*' -Live -End now }; Text = '*-TimeoutSec*' }
        @{ Name = '-TimeoutSec alone'; Run = { Invoke-QueryJob '*' -TimeoutSec 5 }; Text = '-TimeoutSec requires -Live.' }
        @{ Name = '-PollIntervalSec alone'; Run = { Invoke-QueryJob '*' -PollIntervalSec 5 }; Text = '-PollIntervalSec requires -Live.' }
    ) {
        try { $ErrorActionPreference = 'Stop'; & $Run; $message = 'no error' } catch { $message = "$_"; $id = $_.FullyQualifiedErrorId }
        $message | Should -BeLike $Text
        $id | Should -BeLike 'InvalidArgument,*'
    }

    It 'ends at once with Ctrl+C and leaves no job' {
        $gate = [System.Threading.ManualResetEventSlim]::new()
        $shell = New-OtherPowerShell @{ gate = $gate; address = $server.BaseUrl; token = $server.Token }
        try {
            [void]$shell.AddScript('[void](Connect-LogScale $address -Repository demo -Token $token)').Invoke()
            $shell.Commands.Clear()
            # It waits for the next poll, an hour from now.
            $running = $shell.AddScript('Invoke-QueryJob "*" -Live -Start 1h -PollIntervalSec 3600 | ForEach-Object { $gate.Set() }').BeginInvoke()
            $gate.Wait($Limit) | Should -BeTrue
            $shell.BeginStop($null, $null).AsyncWaitHandle.WaitOne($Limit) | Should -BeTrue -Because 'a stop must not hang'
            $running.AsyncWaitHandle.WaitOne($Limit) | Should -BeTrue
            $shell.InvocationStateInfo.State | Should -Be Stopped
        }
        finally {
            $shell.Runspace.Dispose(); $shell.Dispose(); $gate.Dispose()
        }
    }
}
