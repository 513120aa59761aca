BeforeDiscovery {
    Import-Module $env:LOGSCALEPAGING_MODULE
    $cmdlets = Get-Command -Module LogScalePaging -CommandType Cmdlet | ForEach-Object { @{ Name = $_.Name; Cmdlet = $_ } }
}

Describe 'An event in the pipeline of <Name>' -ForEach $cmdlets {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $server = New-TestServer
        $job = New-QueryJob '*' -Start 1h
        $names = $Cmdlet.Parameters.Values | ForEach-Object { $_.Name; $_.Aliases } | Sort-Object -Unique
        $fields = $names | ForEach-Object { "`"$_`":`"$($job.Id)`"" }
        $json = "{`"@timestamp`":1700000000123,$($fields -join ',')}"
        $record = ConvertTo-Event $json
        # The parameters that a user would type: all mandatory parameters of the default set.
        $typed = @{}
        $set = $Cmdlet.ParameterSets | Where-Object { $_.IsDefault -or $Cmdlet.ParameterSets.Count -eq 1 }
        $set.Parameters | Where-Object IsMandatory | ForEach-Object { $typed[$_.Name] = if ($_.ParameterType -eq [int]) { 2 } else { Join-Path $TestDrive 'typed' } }
        if ($typed.Query) { $typed.Query = 'count()' }
        if ($typed.Connection) { $typed.Connection = (Get-QueryJob)[0].Job.Connection }
        $before = $server.RequestCount
    }
    AfterAll { Stop-LogScaleSimulator }

    It 'sets no parameter: <Given>' -ForEach @{ Given = 'as it came' }, @{ Given = 'cut to its -Property' }, @{ Given = 'deserialised' } {
        $given = switch ($Given) {
            'as it came' { $record }
            'cut to its -Property' { ConvertTo-Event $json -Property $names }
            'deserialised' { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($record)) }
        }
        $given | & $Name @typed -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems | Should -HaveCount 1
        ($problems[0].FullyQualifiedErrorId -split ',')[0] | Should -BeIn 'InputObjectNotBound', 'ParameterArgumentTransformationError', 'CannotConvertArgumentNoMessage', 'AmbiguousParameterSet', 'ParameterArgumentValidationError'
        $server.RequestCount | Should -Be $before
    }
}

Describe 'The parameters that <Name> shows' -ForEach $cmdlets {
    BeforeAll {
        $common = @([System.Management.Automation.PSCmdlet]::CommonParameters) + @([System.Management.Automation.PSCmdlet]::OptionalCommonParameters) + 'ProgressAction'
        $documented = @((Get-Help $Name -Full).parameters.parameter.name) + 'WhatIf' + 'Confirm'
        function Get-Completion([string] $Line) {
            (TabExpansion2 $Line $Line.Length).CompletionMatches | Where-Object ResultType -EQ ParameterName | ForEach-Object { $_.CompletionText.TrimStart('-') }
        }
    }

    It 'in its syntax are documented' {
        $shown = [regex]::Matches((Get-Command $Name -Syntax), '(?<=[\s\[]-)\w+').Value
        $shown | Where-Object { $_ -notin $documented } | Should -BeNullOrEmpty
        if ($documented.Count -gt 3) { $shown | Should -Not -BeNullOrEmpty }
        $Cmdlet.Parameters.Keys | Where-Object { $_ -notin $documented + $common } | Should -BeNullOrEmpty
    }

    It 'by tab completion are documented, after a pipe too' {
        foreach ($line in "$Name -", "1 | $Name -", "`$null | $Name -Pip") {
            Get-Completion $line | Where-Object { $_ -notin $documented + $common } | Should -BeNullOrEmpty -Because $line
        }
    }
}

Describe 'Pipeline input' {
    BeforeAll { . "$PSScriptRoot/Setup.ps1"; $server = New-TestServer }
    AfterAll { Stop-LogScaleSimulator }

    It 'of an event is refused by name, and the next object is processed' {
        $record = ConvertTo-Event '{"@timestamp":1700000000123,"Repository":"other","Start":"30d"}'
        $counts = $record, [pscustomobject]@{ Query = 'count()' } | Invoke-QueryJob -Start 2h -ErrorVariable problems -ErrorAction SilentlyContinue
        $counts._count | Should -Be '4000'
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'InputObjectNotBound,*'
        "$($problems[0])" | Should -BeLike 'Invoke-QueryJob does not take events*ForEach-Object*'
    }

    It 'of a row of a result is refused, too' {
        $row = ConvertTo-Event '{"Id":"some-job"}'
        Get-ErrorId { $row | Stop-QueryJob -ErrorAction Stop } | Should -Be InputObjectNotBound
    }

    It 'of several objects is taken object by object' {
        $row = ConvertTo-Event '{"Id":"some-job"}'
        $results = [pscustomobject]@{ Query = 'count()' }, $row, 'count()', $row | Invoke-QueryJob -Start 2h -ErrorVariable problems -ErrorAction SilentlyContinue
        $results._count | Should -Be '4000', '4000'
        $problems.FullyQualifiedErrorId | Should -BeLike 'InputObjectNotBound,*'
        $problems | Should -HaveCount 2
    }

    It 'of rows of a csv file binds by name' {
        'Query,Start', 'count(),2h' | Set-Content "$TestDrive/queries.csv"
        (Import-Csv "$TestDrive/queries.csv" | Invoke-QueryJob)._count | Should -Be '4000'
    }

    It 'reaches a steppable pipeline' {
        $row = ConvertTo-Event '{"Id":"some-job"}'
        $step = { Stop-QueryJob -ErrorAction Stop }.GetSteppablePipeline()
        $step.Begin($true)
        Get-ErrorId { $step.Process($row) } | Should -Be InputObjectNotBound
    }

    It 'that fits no parameter gets the error of PowerShell' {
        Get-ErrorId { [pscustomobject]@{ Other = 1 } | Get-QueryJob -ErrorAction Stop } | Should -BeIn InputObjectNotBound
        Get-ErrorId { 1 | Disconnect-LogScale -ErrorAction Stop } | Should -BeIn InputObjectNotBound, CannotConvertArgumentNoMessage, ParameterBindingFailed
    }
}
