BeforeDiscovery {
    Import-Module $env:LOGSCALEPAGING_MODULE
    # These end something in this process. What they take cannot fail once it is bound.
    $never = 'Disconnect-LogScale', 'Disconnect-Falcon', 'Disconnect-Axiom', 'Disconnect-Tanium', 'Stop-LogScaleSimulator'
    $piped = @(Get-Command -Module LogScalePaging -CommandType Cmdlet | Where-Object Name -NotIn $never | Where-Object {
            $_.ParameterSets.Parameters.Where({ $_.Name -ne 'Connection' -and ($_.ValueFromPipeline -or $_.ValueFromPipelineByPropertyName) })
        } | ForEach-Object { @{ Name = $_.Name; Cmdlet = $_ } })
    $items = @($piped | Where-Object Name -NotLike 'Connect-*')
    $connected = @($items | Where-Object { $_.Cmdlet.Parameters.ContainsKey('Connection') -and $_.Name -ne 'Test-PagedExport' })
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"

    # What every server refuses, or what is not there.
    function Get-Failing([System.Management.Automation.CmdletInfo] $Cmdlet) {
        $values = @{}
        if ($Cmdlet.Parameters.ContainsKey('BaseUrl')) { $values.BaseUrl = 'http://logs.example' }
        if ($Cmdlet.Parameters.ContainsKey('Query')) {
            $values.Query = switch -Wildcard ($Cmdlet.Noun) {
                'Axiom*' { "['demo']" }
                'Tanium*' { 'query($after: Cursor) { endpoints(after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } totalRecords } }' }
                default { '*' }
            }
        }
        if ($Cmdlet.Parameters.ContainsKey('Endpoint')) { $values.Endpoint = '/devices/combined/devices/v1' }
        if ($Cmdlet.Parameters.ContainsKey('Job')) { $values.Id = 'some-job' }
        if ($Cmdlet.Parameters.ContainsKey('Slices')) { $values.Slices = 2 }
        if ($Cmdlet.Parameters.ContainsKey('Plan')) { $values.Plan = Join-Path $TestDrive 'no/such/plan.json' }
        if ($Cmdlet.Parameters.ContainsKey('Path') -and -not $values.Plan) {
            $values.Path = if ($values.Query -or $values.Endpoint) { Join-Path $TestDrive "$([guid]::NewGuid()).ndjson" } else { Join-Path $TestDrive 'no/such/folder/*.ndjson' }
        }
        $values
    }

    # How a statement ended: what catch got, whether the next statement ran, and what -ErrorVariable has.
    function Get-Outcome([System.Management.Automation.CmdletInfo] $Cmdlet, [switch] $FromPipeline, [string] $Action, [int] $Times = 1) {
        $ErrorActionPreference = 'Continue'
        $values = Get-Failing $Cmdlet
        $name = $Cmdlet.Name
        $caught, $wentOn = 'nothing', $false
        $global:problems = @()
        # What cannot come from the pipeline stays an argument.
        $rest = @{}
        if ($FromPipeline) {
            foreach ($key in @($values.Keys)) {
                if (-not $Cmdlet.ParameterSets.Parameters.Where({ ($_.Name -eq $key -or $key -in $_.Aliases) -and $_.ValueFromPipelineByPropertyName })) { $rest[$key] = $values[$key]; $values.Remove($key) }
            }
        }
        try {
            if ($FromPipeline) { $null = 1..$Times | ForEach-Object { [pscustomobject]$values } | & $name @rest -ErrorAction $Action -ErrorVariable global:problems 2>$null }
            else { $null = & $name @values -ErrorAction $Action -ErrorVariable global:problems 2>$null }
            $wentOn = $true
        }
        catch { $caught = ($_.FullyQualifiedErrorId -split ',')[0] }
        # With Stop, PowerShell adds its own exception to the variable.
        $ids = @($global:problems | Where-Object { $_ } | ForEach-Object { if ($_ -is [System.Management.Automation.ErrorRecord]) { $_ } else { $_.ErrorRecord } })
        $ids = @($ids | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] } | Sort-Object -Unique)
        [pscustomobject]@{ Caught = $caught; WentOn = $wentOn; Variable = $ids }
    }
    function ConvertTo-Text($Outcome) { "caught $($Outcome.Caught), went on: $($Outcome.WentOn), in the variable: $($Outcome.Variable)" }
}

Describe 'A failed item of <Name>' -ForEach $items {
    BeforeAll {
        foreach ($server in (New-TestServer @{ EventCount = 300 }), (Start-LogScaleSimulator Falcon -EventCount 10), (Start-LogScaleSimulator Axiom -EventCount 10), (Start-LogScaleSimulator Tanium -EventCount 10)) {
            # The last one is the default of each system.
            $null = switch ($server) {
                { $_ -is [LogScalePaging.AxiomSimulatorInstance] } { $_ | Connect-Axiom -MaxRetryCount 0 }
                { $_ -is [LogScalePaging.TaniumSimulatorInstance] } { $_ | Connect-Tanium -MaxRetryCount 0 }
                { $_ -is [LogScalePaging.FalconSimulatorInstance] } { $_ | Connect-Falcon -MaxRetryCount 0 }
                { $_ -is [LogScalePaging.LogScaleSimulatorInstance] } { $_ | Connect-LogScale -MaxRetryCount 0 }
            }
            $server.AddFault('500', '', 0, 10000)
        }
    }
    AfterAll { Stop-LogScaleSimulator; Remove-Variable problems -Scope Global -ErrorAction Ignore }

    It 'ends alike as an argument and from the pipeline with -ErrorAction <_>' -ForEach 'Continue', 'SilentlyContinue', 'Ignore', 'Stop' {
        $argument = Get-Outcome $Cmdlet -Action $_
        ConvertTo-Text (Get-Outcome $Cmdlet -FromPipeline -Action $_) | Should -BeExactly (ConvertTo-Text $argument)
        if ($_ -eq 'Stop') { $argument.Caught | Should -Not -Be nothing }
        else { $argument.WentOn | Should -BeTrue }
        if ($_ -ne 'Ignore') { $argument.Variable | Should -HaveCount 1 }
    }

    It 'lets the next item have its turn' {
        $null = Get-Outcome $Cmdlet -FromPipeline -Action SilentlyContinue -Times 3
        $global:problems | Should -HaveCount 3
    }
}

Describe '<Name> without a connection' -ForEach $connected {
    BeforeAll { if (Get-Command Disconnect-LogScale) { 1..3 | ForEach-Object { Disconnect-LogScale; Disconnect-Falcon; Disconnect-Axiom; Disconnect-Tanium } } }

    It 'ends alike as an argument and from the pipeline with -ErrorAction <_>' -ForEach 'Continue', 'SilentlyContinue', 'Ignore', 'Stop' {
        $argument = Get-Outcome $Cmdlet -Action $_
        ConvertTo-Text (Get-Outcome $Cmdlet -FromPipeline -Action $_ -Times 2) | Should -BeExactly (ConvertTo-Text $argument)
        # There is nothing to resume, and no plan, before a connection is needed.
        if ($Name -notlike 'Resume-*' -and -not $Cmdlet.Parameters.ContainsKey('Plan')) { $argument.Caught | Should -Be NotConnected }
    }
}

Describe 'A connection that <Name> cannot make' -ForEach ($piped | Where-Object Name -Like 'Connect-*') {
    It 'ends the command as an argument and from the pipeline with -ErrorAction <_>' -ForEach 'Continue', 'SilentlyContinue', 'Ignore', 'Stop' {
        $argument = Get-Outcome $Cmdlet -Action $_
        $argument.WentOn | Should -BeFalse
        ConvertTo-Text (Get-Outcome $Cmdlet -FromPipeline -Action $_) | Should -BeExactly (ConvertTo-Text $argument)
    }
}
