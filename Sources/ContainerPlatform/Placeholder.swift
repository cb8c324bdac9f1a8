// ContainerPlatform
