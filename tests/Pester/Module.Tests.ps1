BeforeDiscovery {
    Import-Module $env:LOGSCALEPAGING_MODULE
    $cmdlets = Get-Command -Module LogScalePaging -CommandType Cmdlet | ForEach-Object { @{ Name = $_.Name; Cmdlet = $_ } }
    $examples = Get-Command -Module LogScalePaging -CommandType Cmdlet | ForEach-Object {
        $number = 0
        foreach ($example in (Get-Help $_.Name).examples.example) {
            $number++
            @{ Name = $_.Name; Number = $number; Code = $example.code }
        }
    }
}

Describe 'The module' {
    BeforeAll { . "$PSScriptRoot/Setup.ps1" }

    It 'exports the commands of its manifest' {
        $manifest = Test-ModuleManifest $ModulePath
        (Get-Command -Module LogScalePaging -CommandType Cmdlet).Name | Sort-Object | Should -Be ($manifest.ExportedCmdlets.Keys | Sort-Object)
        (Get-Command -Module LogScalePaging -CommandType Alias).Name | Sort-Object | Should -Be ($manifest.ExportedAliases.Keys | Sort-Object)
    }

    It 'asks for PowerShell 7.4, or Windows PowerShell 5.1' {
        $needed = if ($PSEdition -eq 'Core') { '7.4' } else { '5.1' }
        (Test-ModuleManifest $ModulePath).PowerShellVersion | Should -Be $needed
    }

    # The same module in a PowerShell that is too old for it.
    It 'says in one sentence which version it needs, and loads nothing' -Skip:($PSEdition -ne 'Core') {
        $copy = (Copy-Item (Split-Path $ModulePath) "$TestDrive/Old" -Recurse -PassThru | Where-Object Name -EQ LogScalePaging.psd1).FullName
        (Get-Content $copy -Raw) -replace "'7\.4'", "'99.4'" | Set-Content $copy
        # An assembly that is tried would give its own error.
        Get-ChildItem "$TestDrive/Old/bin" -Recurse -File | ForEach-Object { Set-Content $_.FullName 'not an assembly' }
        $lines = Invoke-Shell -NoProfile -NonInteractive -Command "try { Import-Module '$copy' -ErrorAction Stop } catch { `"`$_`" }"
        "$lines" | Should -Match "requires a minimum PowerShell version of '99\.4'"
        "$lines" | Should -Not -Match 'Could not load|assembly'
    }

    It 'exports every cmdlet that its assembly has' {
        $classes = $ModuleAssembly.GetExportedTypes().Where({ -not $_.IsAbstract -and [System.Management.Automation.PSCmdlet].IsAssignableFrom($_) })
        $classes.Count | Should -Be (Get-Command -Module LogScalePaging -CommandType Cmdlet).Count
    }

    It 'keeps its commands through Import-Module -Force' {
        $before = (Get-Command -Module LogScalePaging).Name
        Import-Module $ModulePath -Force
        (Get-Command -Module LogScalePaging).Name | Should -Be $before
        { Get-QueryJob } | Should -Not -Throw
    }

    It 'does not share its dependencies' {
        $default = [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.ForEach({ $_.GetName().Name })
        $default | Should -Not -Contain 'LogScalePaging.Core'
        $default | Should -Not -Contain 'Polly.Core'
    }

    It 'stops its simulators when it is removed' {
        $shell = New-OtherPowerShell
        try {
            $server = $shell.AddScript('Start-LogScaleSimulator -EventCount 0; Remove-Module LogScalePaging').Invoke()[0]
            $server.IsRunning | Should -BeFalse
        }
        finally { $shell.Runspace.Dispose(); $shell.Dispose() }
    }

    It 'deletes its jobs when it is removed' {
        $server = Start-LogScaleSimulator -EventCount 300
        $shell = New-OtherPowerShell @{ server = $server }
        try {
            [void]$shell.AddScript('$null = $server | Connect-LogScale; $null = 1..3 | ForEach-Object { New-QueryJob "*" -Start 1h }').Invoke()
            $server.LiveJobCount | Should -Be 3
            $shell.Commands.Clear()
            [void]$shell.AddScript('Remove-Module LogScalePaging').Invoke()
            $server.LiveJobCount | Should -Be 0
            $shell.Streams.Error | Should -BeNullOrEmpty
        }
        finally { $shell.Runspace.Dispose(); $shell.Dispose(); $server | Stop-LogScaleSimulator }
    }

    It 'never fails when it is removed, even if the server is gone' {
        $shell = New-OtherPowerShell
        try {
            [void]$shell.AddScript('$null = Start-LogScaleSimulator -EventCount 0 | Connect-LogScale; $null = New-QueryJob "*"; $c = (Get-QueryJob).Job.Connection; Stop-LogScaleSimulator; $c.Dispose(); Remove-Module LogScalePaging').Invoke()
            $shell.Streams.Error | Should -BeNullOrEmpty
        }
        finally { $shell.Runspace.Dispose(); $shell.Dispose() }
    }

    It 'removes its views when it is removed, and loads them again' {
        $shell = New-OtherPowerShell
        try {
            $text = {
                function Count { @(Get-FormatData LogScalePaging*).Count }
                Count
                $module = (Get-Module LogScalePaging).ModuleBase; Remove-Module LogScalePaging; Count
                @(Get-FormatData System.Diagnostics.Process).Count
                Import-Module $module; Count
            }
            $first, $gone, $others, $again = $shell.AddScript($text).Invoke()
            $first | Should -BeGreaterThan 5
            $gone | Should -Be 0
            $others | Should -Be 1
            $again | Should -Be $first
            $shell.Streams.Error | Should -BeNullOrEmpty
        }
        finally { $shell.Runspace.Dispose(); $shell.Dispose() }
    }

    It 'gives each runspace a separate connection' {
        $a = New-OtherPowerShell
        $b = New-OtherPowerShell
        try {
            $run = { param($shell, $text) $shell.Commands.Clear(); $shell.AddScript($text).Invoke() }
            & $run $a 'Start-LogScaleSimulator -EventCount 300 -Repository first | Connect-LogScale' | Out-Null
            & $run $b 'Start-LogScaleSimulator -EventCount 300 -Repository second | Connect-LogScale' | Out-Null
            (& $run $a 'New-QueryJob "*" -Start 1h').Repository | Should -Be first
            (& $run $b 'New-QueryJob "*" -Start 1h').Repository | Should -Be second
            (& $run $a 'Get-QueryJob').Count | Should -Be 1
            & $run $a 'Stop-LogScaleSimulator' | Out-Null
            & $run $b 'Stop-LogScaleSimulator' | Out-Null
        }
        finally { $a, $b | ForEach-Object { $_.Runspace.Dispose(); $_.Dispose() } }
    }
}

Describe '<Name>' -ForEach $cmdlets {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $common = @([System.Management.Automation.PSCmdlet]::CommonParameters) + 'ProgressAction'
        $own = $Cmdlet.Parameters.Values | Where-Object Name -NotIn $common
        $help = Get-Help $Name -Full
    }

    It 'has the address of its help page' { $Cmdlet.HelpUri | Should -Match "^https://.+/docs/commands/$Name\.md$" }

    It 'has an output type' { $Cmdlet.OutputType.Count | Should -BeGreaterThan 0 }

    It 'is a sealed class named after it' {
        $Cmdlet.ImplementingType.IsSealed | Should -BeTrue
        $Cmdlet.ImplementingType.Name | Should -Be "$($Name -replace '-')Command"
    }

    It 'has no type of a dependency on its surface' {
        $types = @($own.ParameterType) + @($Cmdlet.OutputType.Type) | Where-Object { $_ }
        $outer = $types + @($types | ForEach-Object { $_.GetElementType() } | Where-Object { $_ })
        $public = $outer + @($outer | Where-Object { $_.Assembly -eq $ModuleAssembly } | ForEach-Object { $_.GetProperties().PropertyType; $_.GetMethods().ReturnType })
        # A choice of the engine is named once: its enums are the values of parameters too.
        $public | Where-Object { $_ } | ForEach-Object { $_; $_.GetGenericArguments() } |
            Where-Object { -not ($_.IsEnum -and $_.Assembly.GetName().Name -eq 'LogScalePaging.Core') } |
            ForEach-Object { $_.Assembly.GetName().Name } | Sort-Object -Unique |
            Where-Object { $_ -like 'LogScalePaging.*' -or $_ -like 'Polly*' } | Should -BeNullOrEmpty
    }

    It 'names its parameters in the singular and in PascalCase' {
        # Exceptions: names from the design or with a unit at the end, and a singular that ends in s.
        foreach ($parameter in $own.Name.Where({ $_ -notin 'MaxEvents', 'MaxFileEvents', 'EventSpanHours', 'Slices', 'Status' })) {
            $parameter | Should -MatchExactly '^[A-Z][A-Za-z0-9]+$'
            $parameter | Should -Not -Match '[^sSm]s$'
        }
    }

    It 'has a position only for its identity, or for its query and file' {
        $positions = @($Cmdlet.ParameterSets | ForEach-Object { @($_.Parameters | Where-Object Position -GE 0).Count })
        ($positions | Measure-Object -Maximum).Maximum | Should -BeLessOrEqual 2
    }

    It 'has a synopsis, a description and examples' {
        $help.Synopsis | Should -Not -BeLike "*$Name*-*"
        $help.description.Text | Should -Not -BeNullOrEmpty
        @($help.examples.example).Count | Should -BeGreaterOrEqual 2
    }

    It 'explains every parameter' {
        foreach ($parameter in $own.Name) {
            $text = $help.parameters.parameter | Where-Object name -EQ $parameter
            $text.description.Text | Should -Not -BeNullOrEmpty -Because "$parameter needs help"
        }
        @($help.parameters.parameter.name) | Where-Object { $_ -notin $own.Name } | Should -BeNullOrEmpty
    }

    It 'can be stopped' { $Cmdlet.ImplementingType.BaseType.BaseType.FullName + $Cmdlet.ImplementingType.BaseType.FullName | Should -Match 'CommandBase' }
}

Describe 'Example <Number> of <Name>' -ForEach $examples {
    BeforeAll { . "$PSScriptRoot/Setup.ps1" }
    AfterEach { Stop-LogScaleSimulator }

    It 'runs' {
        Push-Location $TestDrive
        try {
            # No token can be typed here. All other examples run unchanged.
            if ($Code -match 'Read-Host') {
                $Code = $Code -replace '\(Read-Host[^)]*\)', "(ConvertTo-SecureString 'typed-by-hand' -AsPlainText -Force)"
            }
            { Invoke-Expression "`$ErrorActionPreference = 'Stop'; $Code" | Out-Null } | Should -Not -Throw
        }
        finally { Pop-Location }
    }
}
