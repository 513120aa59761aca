# The habits of every cmdlet, by reflection and by the table in CmdletCases.ps1: one case for each parameter set. A cmdlet or a set without a
# case fails. Other files test the rest of the same list for every cmdlet:
# - help, parameters, examples that run: Help.Tests.ps1, Module.Tests.ps1
# - -ErrorAction, try/catch, -ErrorVariable: ErrorAction.Tests.ps1
# - views of copies: Copies.Tests.ps1
# What is left out:
# - the parameter sets in $CmdletCasesLeftOut
# - Ctrl+C in cmdlets that send no request (Connect-…, Get-LogScaleConnection, Import-PagedExport, Test-PagedExport without -Recount,
#   Start- and Stop-LogScaleSimulator), and in Disconnect-…, whose requests have a separate time limit
# - pipeline input by -Credential and by parameters that a case does not use: the cmdlets' own files have them
BeforeDiscovery {
    Import-Module $env:LOGSCALEPAGING_MODULE
    . "$PSScriptRoot/CmdletCases.ps1"
    $sets = Get-Command -Module LogScalePaging -CommandType Cmdlet | ForEach-Object { $name = $_.Name; $_.ParameterSets | ForEach-Object { @{ Name = $name; Set = $_.Name } } }
    $cases = @($CmdletCases | ForEach-Object { $_ + @{ Case = $_; Cmdlet = Get-Command $_.Name } })
    $piped = foreach ($case in $cases) {
        $set = $case.Cmdlet.ParameterSets | Where-Object Name -EQ $case.Set
        $set.Parameters | Where-Object ValueFromPipeline | ForEach-Object { $case + @{ Parameter = $_.Name } }
    }
    $named = @($cases | Where-Object { ($_.Cmdlet.ParameterSets | Where-Object Name -EQ $_.Set).Parameters.ValueFromPipelineByPropertyName -contains $true })
    $changing = @($cases | Where-Object { $_.Cmdlet.Parameters.ContainsKey('WhatIf') })
    $emitting = @($cases | Where-Object { $_.Emits })
    $hanging = @($cases | Where-Object { $_.Hangs })
    $wrong = @($CmdletMistakes | ForEach-Object { $_ + @{ Mistake = $_ } })
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    . "$PSScriptRoot/CmdletCases.ps1"
    $world = New-CmdletWorld "$TestDrive/world"
    $servers = 'LogScaleServer', 'FalconServer', 'AxiomServer', 'TaniumServer'

    # All that a cmdlet could change: requests, jobs and files.
    function Get-WorldState {
        $requests = $servers | ForEach-Object { "$_ $($world.$_.RequestCount) $($world.$_.IsRunning)" }
        "$requests, $($world.LogScaleServer.LiveJobCount) jobs, $(@(Get-LogScaleConnection).Count) connections, $((Get-ChildItem $world.Folder -Recurse).FullName)"
    }
    # Nothing is half-written: what has its own name is a whole export, and the rest is in folders that Resume-PagedExport takes.
    function Get-HalfWritten {
        Get-ChildItem $world.Folder -File -Filter *.ndjson | Where-Object { -not (Test-PagedExport -LiteralPath $_.FullName -Quiet) }
    }
    # A record with fewer fields has the prefix that Select-Object gives.
    function Get-Kind($Object) { @($Object.pstypenames) -replace '^(Deserialized\.)?Selected\.', '$1' }
    # Types and number of objects.
    function Get-Shape([object[]] $Output) { "$($Output.Count) $($Output | ForEach-Object { $_.pstypenames[0] } | Sort-Object -Unique)" }
    # Jobs that the world made for a case.
    function Clear-Job { Get-QueryJob -Connection $world.LogScale -ErrorAction Ignore | ForEach-Object Job | Stop-QueryJob -ErrorAction Ignore }

    # Runs all cases, and returns for each its first object, or its error.
    $runAll = {
        param($Module, $Table, $Folder)
        Import-Module $Module
        . $Table
        $world = New-CmdletWorld $Folder
        foreach ($case in $CmdletCases) {
            try {
                $values = & $case.Values $world
                $output = @(& $case.Name @values)
                [pscustomobject]@{ Name = "$($case.Name) $($case.Set)"; First = $output[0]; Problem = $null }
            }
            catch { [pscustomobject]@{ Name = "$($case.Name) $($case.Set)"; First = $null; Problem = "$_" } }
        }
        Stop-LogScaleSimulator
    }
    $table = "$PSScriptRoot/CmdletCases.ps1"
    # What is wrong with the rows of $runAll, in words.
    function Find-Problem([object[]] $Rows, [string] $Prefix = '') {
        if ($Rows.Count -ne $CmdletCases.Count) { "$($Rows.Count) rows for $($CmdletCases.Count) cases" }
        foreach ($case in $CmdletCases) {
            $row = $Rows | Where-Object Name -EQ "$($case.Name) $($case.Set)"
            if ($row.Problem) { "$($row.Name): $($row.Problem)" }
            elseif ($case.Emits -and -not ($case.Emits | Where-Object { "$Prefix$_" -in (Get-Kind $row.First) })) { "$($row.Name): $(@($row.First.pstypenames)[0])" }
        }
    }
}
AfterAll { Stop-LogScaleSimulator }

Describe 'The table' {
    It 'has a case for <Name> <Set>, or says why not' -ForEach $sets {
        $case = @($CmdletCases | Where-Object { $_.Name -eq $Name -and $_.Set -eq $Set })
        $reason = $CmdletCasesLeftOut["$Name $Set"]
        $case.Count + [int][bool]$reason | Should -Be 1 -Because 'CmdletCases.ps1 needs one line for each parameter set'
    }

    It 'has a mistake for every cmdlet' {
        $CmdletMistakes.Name | Sort-Object -Unique | Should -Be ((Get-Command -Module LogScalePaging -CommandType Cmdlet).Name | Sort-Object)
    }

    It 'names only parameter sets that exist' {
        $known = Get-Command -Module LogScalePaging -CommandType Cmdlet | ForEach-Object { $name = $_.Name; $_.ParameterSets | ForEach-Object { "$name $($_.Name)" } }
        @($CmdletCases | ForEach-Object { "$($_.Name) $($_.Set)" }) + @($CmdletCasesLeftOut.Keys) | Where-Object { $_ -notin $known } | Should -BeNullOrEmpty
    }
}

Describe '<Name> <Set>' -ForEach $cases {
    AfterEach { Clear-Job }

    It 'emits what its OutputType says, in strict mode too, and its objects can be shown' {
        Set-StrictMode -Version Latest
        $values = & $Case.Values $world
        $output = @(& $Name @values)
        if (-not $Case.ContainsKey('Emits')) { $output | Should -BeNullOrEmpty; return }
        $output | Should -Not -BeNullOrEmpty
        foreach ($type in $output | ForEach-Object { , (Get-Kind $_) }) {
            @($Cmdlet.OutputType.Name | Where-Object { $_ -in $type }) | Should -Not -BeNullOrEmpty -Because "$($type[0]) is not among $($Cmdlet.OutputType.Name)"
            @($Case.Emits | Where-Object { $_ -in $type }) | Should -Not -BeNullOrEmpty -Because "$($type[0]) is not $($Case.Emits)"
        }
        $shown = $output[0] | Out-String -Width 120
        $shown | Should -Match '\S'
        # A view that reads a property that an object does not have is blank in strict mode.
        Set-StrictMode -Off
        $output[0] | Out-String -Width 120 | Should -BeExactly $shown
        $output[0] | Format-List | Out-String -Width 120 | Should -Match '\S'
    }
}

Describe '<Name> with -WhatIf (<Set>)' -ForEach $changing {
    AfterEach { Clear-Job }

    It 'changes nothing, and emits nothing' {
        $values = & $Case.Values $world
        $before = Get-WorldState
        # An export asks the server for the count, and says it. Everything else stays as it was.
        & $Name @values -WhatIf | Should -BeNullOrEmpty
        $after = Get-WorldState
        if ($Case.Asks) { $before, $after = $before, $after | ForEach-Object { $_ -replace 'Server \d+', 'Server' } }
        $after | Should -BeExactly $before
    }
}

Describe '<Name> <Set> in a pipeline' -ForEach $named {
    AfterEach { Clear-Job }

    It 'takes its parameters by property name' {
        $values = & $Case.Values $world
        $expected = Get-Shape @(& $Name @values)
        $values = & $Case.Values $world
        $parameters = ($Cmdlet.ParameterSets | Where-Object Name -EQ $Set).Parameters
        $properties, $rest = @{}, @{}
        foreach ($key in $values.Keys) {
            if (($parameters | Where-Object Name -EQ $key).ValueFromPipelineByPropertyName) { $properties[$key] = $values[$key] } else { $rest[$key] = $values[$key] }
        }
        $properties.Count | Should -BeGreaterThan 0
        Get-Shape @([pscustomobject]$properties | & $Name @rest) | Should -BeExactly $expected
    }
}

Describe '<Name> <Set> by value' -ForEach $piped {
    AfterEach { Clear-Job }

    It 'takes -<Parameter> from the pipeline' {
        $values = & $Case.Values $world
        $values.Keys | Should -Contain $Parameter -Because 'a case uses what can be piped'
        $expected = Get-Shape @(& $Name @values)
        $values = & $Case.Values $world
        $input = $values[$Parameter]
        $values.Remove($Parameter)
        Get-Shape @($input | & $Name @values) | Should -BeExactly $expected
    }
}

Describe '<Name> <Set> into Select-Object -First 1' -ForEach $emitting {
    AfterEach { Clear-Job }

    It 'leaves no job on the server, and no unfinished file' {
        $values = & $Case.Values $world
        $jobs = $world.LogScaleServer.LiveJobCount
        $first = @(& $Name @values | Select-Object -First 1)
        $first | Should -HaveCount 1
        # What New-QueryJob makes belongs to the caller.
        $world.LogScaleServer.LiveJobCount | Should -Be ($jobs + [int]($Name -eq 'New-QueryJob'))
        Get-HalfWritten | Should -BeNullOrEmpty
        @(Get-ChildItem $world.Folder -Filter *.partial) | Should -BeNullOrEmpty
    }
}

Describe 'Ctrl+C in <Name> <Set>' -ForEach $hanging {
    BeforeAll {
        $shell = New-OtherPowerShell @{ values = & $Case.Values $world }
        $server = $world[$Case.Hangs[1]]
    }
    AfterAll { $server.ClearFaults(); $shell.Runspace.Dispose(); $shell.Dispose(); Clear-Job; Get-ChildItem $world.Folder -Filter *.partial | Remove-Item -Recurse }

    It 'sends nothing but deletes, leaves no job on the server, and no unfinished file' {
        $jobs = $world.LogScaleServer.LiveJobCount
        $requests = $server.RequestCount
        $server.AddFault('Hang', $Case.Hangs[0], 0, 1000)
        $running = $shell.AddScript("$Name @values").BeginInvoke()
        [System.Threading.SpinWait]::SpinUntil({ $server.RequestCount -gt $requests -and $server.GetRequestLog()[-1] -match 'Hang' }, $Limit) | Should -BeTrue -Because 'the request must hang'
        $sent = $server.RequestCount
        $stopping = $shell.BeginStop($null, $null)
        $stopping.AsyncWaitHandle.WaitOne($Limit) | Should -BeTrue -Because 'a stop must not hang'
        $running.AsyncWaitHandle.WaitOne($Limit) | Should -BeTrue
        $shell.InvocationStateInfo.State | Should -Be Stopped
        # Requests that run in parallel with the one that hangs were sent before the stop. After the first delete there are only deletes.
        $later = @($server.GetRequestLog() | Select-Object -Skip $sent)
        $beside = @($later | Where-Object { $_ -match 'Hang' -and $_ -notmatch 'DELETE ' })
        $beside.Count | Should -BeLessThan 5
        $later | Select-Object -Skip $beside.Count | Where-Object { $_ -notmatch 'DELETE ' } | Should -BeNullOrEmpty
        $world.LogScaleServer.LiveJobCount | Should -Be $jobs
        Get-HalfWritten | Should -BeNullOrEmpty
    }
}

Describe 'A mistake with <Name>' -ForEach $wrong {
    It 'has the id <Id>, its category, its target, and says what to do' {
        $caught = try { & { $ErrorActionPreference = 'Stop'; & $Mistake.Run $world } } catch { $_ }
        ($caught.FullyQualifiedErrorId -split ',')[0] | Should -Be $Id
        "$($caught.CategoryInfo.Category)" | Should -Be $Category
        "$($caught.TargetObject)" | Should -BeLike $(if ($Mistake.Target) { $Mistake.Target } else { '' })
        "$caught $($caught.ErrorDetails.RecommendedAction)" | Should -Match $Advice
        $world.LogScaleServer.LiveJobCount | Should -Be 0
    }
}

Describe 'Every cmdlet, in several places at once' {
    It 'works in two runspaces at the same time' {
        $shells = 1..2 | ForEach-Object { New-OtherPowerShell }
        try {
            $running = foreach ($i in 0, 1) {
                [void]$shells[$i].AddScript("$runAll").AddArgument($ModulePath).AddArgument($table).AddArgument("$TestDrive/runspace$i")
                $shells[$i].BeginInvoke()
            }
            foreach ($i in 0, 1) { Find-Problem @($shells[$i].EndInvoke($running[$i])) | Should -BeNullOrEmpty }
        }
        finally { $shells | ForEach-Object { $_.Runspace.Dispose(); $_.Dispose() } }
    }

    It 'works in a thread job' -Skip:(-not (Get-Command Start-ThreadJob -ErrorAction Ignore)) {
        $job = Start-ThreadJob -ScriptBlock $runAll -ArgumentList $ModulePath, $table, "$TestDrive/thread"
        Find-Problem @($job | Receive-Job -Wait -AutoRemoveJob) | Should -BeNullOrEmpty
    }

    It 'returns every type of output from Start-Job, and each can be shown' {
        $job = Start-Job -ScriptBlock $runAll -ArgumentList $ModulePath, $table, "$TestDrive/process"
        $rows = @($job | Receive-Job -Wait -AutoRemoveJob)
        Find-Problem $rows 'Deserialized.' | Should -BeNullOrEmpty
        foreach ($row in $rows | Where-Object { $null -ne $_.First }) { $row.First | Out-String -Width 120 | Should -Match '\S' -Because $row.Name }
    }
}
