Describe 'Start- and Stop-LogScaleSimulator' {
    BeforeAll { . "$PSScriptRoot/Setup.ps1" }
    AfterEach { Stop-LogScaleSimulator }

    It 'starts a server that answers' {
        $server = New-TestServer
        $server.IsRunning | Should -BeTrue
        (Invoke-QueryJob 'count()' -Start 2h)._count | Should -Be '4000'
        $server.RequestCount | Should -BeGreaterThan 0
        $server.GetRequestLog()[0] | Should -Match 'POST'
    }

    It 'adds events while it runs, unless told otherwise' {
        $live = Start-LogScaleSimulator -EventCount 1 -EventRatePerMinute 60000
        $null = $live | Connect-LogScale
        $before = [long](Invoke-QueryJob 'count()' -Start 15m)._count
        $deadline = [datetime]::UtcNow + $Limit
        do { $count = [long](Invoke-QueryJob 'count()' -Start 15m)._count } until ($count -gt $before -or [datetime]::UtcNow -gt $deadline)
        $count | Should -BeGreaterThan $before
        $result = Invoke-QueryJobExport '*' "$TestDrive/live.ndjson" -Start 15m
        $result.State | Should -Be Complete
        $result.Late | Should -Be 0
        $null = Start-LogScaleSimulator -EventCount 1 -EventRatePerMinute 0 | Connect-LogScale
        [long](Invoke-QueryJob 'count()' -Start 24h)._count | Should -Be 1
    }

    It 'accepts a token from the user' {
        $token = ConvertTo-SecureString 'another-token' -AsPlainText -Force
        $null = Start-LogScaleSimulator -EventCount 300 -Token $token | Connect-LogScale
        { Invoke-QueryJob 'count()' } | Should -Not -Throw
    }

    It 'stops one and leaves the other' {
        $one = Start-LogScaleSimulator -EventCount 0
        $two = Start-LogScaleSimulator -EventCount 0
        $one | Stop-LogScaleSimulator
        $one.IsRunning | Should -BeFalse
        $two.IsRunning | Should -BeTrue
        Stop-LogScaleSimulator
        $two.IsRunning | Should -BeFalse
    }

    It 'does nothing with -WhatIf' {
        Start-LogScaleSimulator -WhatIf | Should -BeNullOrEmpty
        $server = Start-LogScaleSimulator -EventCount 0
        $server | Stop-LogScaleSimulator -WhatIf
        $server.IsRunning | Should -BeTrue
    }

    It 'says when its port is taken' {
        $server = Start-LogScaleSimulator -EventCount 0
        $port = ([uri]$server.BaseUrl).Port
        $caught = try { Start-LogScaleSimulator -Port $port } catch { $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'PortUnavailable,*'
        "$caught" | Should -Match "^Port $port of 127.0.0.1 cannot be used: .*listens on it already\. Choose another with -Port"
    }

    It 'checks its numbers' {
        Get-ErrorId { Start-LogScaleSimulator -Port 70000 } | Should -Be ParameterArgumentValidationError
        Get-ErrorId { Start-LogScaleSimulator -BufferSize 0 } | Should -Be ParameterArgumentValidationError
    }

    It 'fails on demand, and reports an unknown fault' {
        $server = New-TestServer
        $server.AddFault('503', 'Create', 0, 2)
        { Invoke-QueryJob '*' -First 10 } | Should -Not -Throw
        { $server.AddFault('Nonsense', '', 0, 1) } | Should -Throw '*Nonsense*'
    }
}
